import type { Browser } from 'playwright-core';
import { openPage } from './browser.ts';
import { seededIds } from './prompts.ts';
import { MOUNTS } from './server.ts';
import { summarise, type Summary } from './statistics.ts';

/** A causal measure beside the same number of whole runs. ms */
export interface CausalCase {
  readonly what: string;
  readonly T: number;
  readonly backend: string;
  /** Runs that the measure needs: one a cell. */
  readonly passes: number;
  /** Blocks below an edit are those of the unedited run. */
  readonly shared: Summary;
  /** Every run computed from its ids on. */
  readonly plain: Summary;
  /** As many whole passes of onnxruntime-web, which takes no edits: seeded weights of gpt2-nano's shape. */
  readonly ort: Summary;
  /** plain / shared, the median of the rounds; above 1 sharing is faster. */
  readonly gain: number;
}

const T = 14; // as the two names' prompt
const CHANGED = 9; // the position in which the two prompts differ

/**
 * gpt2-nano's 12 x 14 grid of resid_pre and its 144 heads taken out, each by sharing, by whole runs, and by whole runs of
 * onnxruntime-web, in turn.
 */
export async function benchCausal(browser: Browser, origin: string, rounds: number): Promise<CausalCase[]> {
  const page = await openPage(browser, origin, 1);
  const { backend } = await page.evaluate(() => window.bench.ours.start('wasm'));
  await page.evaluate((at) => window.bench.ours.load(at), MOUNTS.nano);
  await page.evaluate((at) => window.bench.ort.load(at, 1), MOUNTS.smallest);
  const cases: CausalCase[] = [];
  for (const [what, name] of [
    ['a grid of resid_pre, 12 x 14', 'patchGrid'],
    ['every head taken out, 144', 'ablationEffects']
  ] as const) {
    const times = { shared: [] as number[], plain: [] as number[], ort: [] as number[] };
    let passes = 0;
    for (let round = -1; round < rounds; round++) {
      const clean = seededIds(T, 5000 + round);
      const corrupt = clean.with(CHANGED, seededIds(1, 6000 + round)[0]);
      const shared = await page.evaluate(
        ([name, clean, corrupt]) => window.bench.ours.causal(name, clean, corrupt),
        [name, clean, corrupt] as const
      );
      passes = shared.passes;
      const lists = Array.from({ length: passes }, (_, i) => seededIds(T, 1e6 * (round + 2) + i));
      const plain = await page.evaluate((lists) => window.bench.ours.wholeRuns(lists), lists);
      const ort = await page.evaluate((lists) => window.bench.ort.wholeRuns(lists), lists);
      if (round < 0) continue; // the first round warms up
      times.shared.push(shared.milliseconds);
      times.plain.push(plain);
      times.ort.push(ort);
    }
    const gains = times.plain.map((plain, round) => plain / times.shared[round]);
    cases.push({
      what,
      T,
      backend,
      passes,
      shared: summarise(times.shared),
      plain: summarise(times.plain),
      ort: summarise(times.ort),
      gain: summarise(gains).median
    });
  }
  await page.context().close();
  return cases;
}
