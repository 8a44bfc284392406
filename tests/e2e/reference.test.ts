import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from './harness/main.ts';
import type { PromptReport, SourcedComparison } from './harness/compare-prompt.ts';
import { manifest } from '../reference/fixture.ts';
import { passes } from '../reference/compare.ts';
import { FOUR_CORES, launch, openHarness, type WatchedPage } from './browser.ts';
import { differenceTable } from './difference-table.ts';

const BACKENDS = ['wasm', 'webgl'] as const;
const MAX_LISTED = 5;
/** A device that reports two cores, of which the engine takes one. */
const TWO_CORES = FOUR_CORES.replace('4', '2');
/** Every so many of the stored edits: the GPU here is software. */
const SHARE = { wasm: 2, webgl: 16 } as const;

let browser: Browser;
const collected: Record<string, SourcedComparison[]> = {};
const times: string[] = [];

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  process.stdout.write(`\n${differenceTable(collected)}\n${times.join('\n')}\n`);
});

describe.each(BACKENDS)('the engine in Chromium on %s', (backend) => {
  let watched: WatchedPage;

  beforeAll(async () => {
    watched = await openHarness(browser);
  });

  afterAll(() => watched.page.context().close());

  const compare = ({ slug, text }: { slug: string; text: string }): Promise<PromptReport> =>
    watched.page.evaluate(([backend, slug, text]) => window.harness.comparePrompt(backend, slug, text), [
      backend,
      slug,
      text
    ] as const);

  it.each(manifest.prompts)('gives every activation of "$slug" as the references', async (prompt) => {
    const { comparisons, missing, runMilliseconds, totalMilliseconds } = await compare(prompt);
    (collected[backend] ??= []).push(...comparisons);
    const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
    times.push(
      `${backend} ${prompt.slug}: run ${seconds(runMilliseconds)}, in all ${seconds(totalMilliseconds)}`
    );
    const failed = comparisons.filter((comparison) => !passes(comparison));
    const worst = failed.sort((a, b) => b.maxExcess - a.maxExcess).slice(0, MAX_LISTED);
    expect(
      worst.map(
        ({ name, source, worstAt, statsOk }) =>
          `${name} (${source}) ${worstAt}${statsOk ? '' : ', statistics'}`
      ),
      `${failed.length} of ${comparisons.length} differ; the worst`
    ).toEqual([]);
    expect(missing).toEqual([]);
  });

  it('says nothing on the console and asks nobody else', () => {
    expect(watched.complaints).toEqual([]);
  });
});

describe.each([
  ['wasm', 1, TWO_CORES],
  ['wasm', 2, FOUR_CORES],
  ['webgl', 1, TWO_CORES]
] as const)('edited runs in Chromium on %s, %i thread(s)', (backend, threads, cores) => {
  it('give the logits that TransformerLens and PyTorch give', async () => {
    const { page, complaints } = await openHarness(browser, cores);
    const report = await page.evaluate(([backend, every]) => window.harness.compareEdits(backend, every), [
      backend,
      SHARE[backend]
    ] as const);
    await page.context().close();
    expect(report).toMatchObject({ backend, threads, wrong: [] });
    expect(report.compared).toBeGreaterThanOrEqual(8);
    expect(complaints).toEqual([]);
  });
});
