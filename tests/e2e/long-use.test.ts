import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import type { LongUseReport } from './harness/long-use.ts';
import { isChromium, launch, openHarness } from './browser.ts';

/** What may be held more after than before, of what was held. */
const FLAT = 0.05;

let browser: Browser;
beforeAll(async () => {
  browser = await launch(['--enable-blink-features=ForceEagerMeasureMemory']);
});
afterAll(() => browser.close());

describe.runIf(isChromium)('an engine that is used for long', () => {
  it('holds no more after 60 prompts, 10 edits, 4 models read and 2 engines started', async () => {
    const { page, complaints } = await openHarness(browser);
    const report: LongUseReport = await page.evaluate(() =>
      window.harness.longUse({ prompts: 60, tokens: 64, edits: 10, switches: 4, starts: 2 })
    );
    await page.context().close();
    for (const [stage, [before, after]] of Object.entries(report)) {
      expect(after.tensors, `tensors, ${stage}`).toBe(before.tensors);
      expect(after.bytes, `bytes of tensors, ${stage}`).toBe(before.bytes);
      expect(after.heaps / before.heaps - 1, `heaps, ${stage}`).toBeLessThan(FLAT);
    }
    expect(complaints).toEqual([]);
  });
});
