/** After every browser test: nothing in the page or its workers may have met the limits of its policy. */
import { afterEach, expect, inject } from 'vitest';
import { REPORTS } from './policy-server.ts';

export async function policyReports(): Promise<string[]> {
  const origin = inject('origin');
  return origin ? ((await (await fetch(origin + REPORTS)).json()) as string[]) : [];
}

afterEach(async () => {
  expect(await policyReports(), 'reports against the Content-Security-Policy').toEqual([]);
});
