/** For `npm run fuzz`: every property of fast-check runs for its share of the time, with other numbers each time. */
import { appendFileSync } from 'node:fs';
import type * as FastCheck from 'fast-check';
import { vi } from 'vitest';

const milliseconds = Number(process.env.FUZZ_MS);
const MOST_RUNS = 2 ** 31 - 1;

vi.mock('fast-check', async (original) => {
  const actual = await original<typeof FastCheck>();

  function assert<Ts>(property: FastCheck.IRawProperty<Ts>, parameters: FastCheck.Parameters<Ts> = {}) {
    const longer = {
      ...parameters,
      seed: undefined,
      numRuns: MOST_RUNS,
      interruptAfterTimeLimit: milliseconds,
      markInterruptAsFailure: false
    };
    const found = actual.check(property, longer);
    return found instanceof Promise ? found.then(report) : report(found);
  }

  function report<Ts>(details: FastCheck.RunDetails<Ts>): void {
    appendFileSync(process.env.FUZZ_REPORT!, `${details.numRuns}\n`);
    if (details.failed) throw new Error(actual.defaultReportMessage(details));
  }

  return { ...actual, assert, default: { ...actual.default, assert } };
});
