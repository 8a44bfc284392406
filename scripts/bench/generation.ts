import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { caseOf, type Case } from './cases.ts';
import type { Check } from './forward.ts';
import { seededIds } from './prompts.ts';
import { MOUNTS } from './server.ts';

const PROMPT_LENGTH = 8;
const NEW_TOKENS = 64;
/** From the first new token to the last. */
const TIMED_TOKENS = NEW_TOKENS - 1;
const WARM_UP_TOKENS = 4;
const MS_PER_SECOND = 1000;

/** Tokens a second of both engines. */
export interface Speed {
  readonly threads: number;
  readonly ours: number;
  readonly ort: number;
}

/** From a case of `benchGeneration`. */
export function speedOf({ threads, ours_ms, ort_ms }: Case): Speed {
  return { threads, ours: MS_PER_SECOND / ours_ms!, ort: MS_PER_SECOND / ort_ms! };
}

/**
 * 64 new tokens, the best one each time, with each engine's key/value cache: ms a token from the first to the last.
 *
 * Throws: Error if the engines choose other tokens, or their last logits differ.
 */
export async function benchGeneration(
  browser: Browser,
  origin: string,
  threads: number,
  rounds: number
): Promise<{ generated: Case; check: Check }> {
  const page = await openPage(browser, origin, threads);
  await page.evaluate(
    async ([folder, threads]) => {
      const { ours, ort } = window.bench;
      await ours.start('wasm');
      await ours.load(folder);
      await ort.load(folder, threads, 'decode.onnx');
    },
    [MOUNTS.small, threads] as const
  );
  const check = await agree(page, threads);
  const times: Record<'ours' | 'ort', number[]> = { ours: [], ort: [] };
  for (let round = 0; round < rounds; round++) {
    const prompt = seededIds(PROMPT_LENGTH, 3000 + round);
    for (const engine of round % 2 === 0 ? (['ours', 'ort'] as const) : (['ort', 'ours'] as const)) {
      const milliseconds = await page.evaluate(
        async ([engine, prompt, count]) => (await window.bench[engine].generate(prompt, count)).milliseconds,
        [engine, prompt, NEW_TOKENS] as const
      );
      times[engine].push(milliseconds / TIMED_TOKENS);
    }
  }
  await page.context().close();
  const what = `generate ${NEW_TOKENS} tokens, one token`;
  const name = { what, T: PROMPT_LENGTH, threads, backend: 'wasm' };
  return { generated: caseOf(name, times.ours, times.ort), check };
}

/** Both add the same few tokens, for the same reasons; also warms both up. */
async function agree(page: Page, threads: number): Promise<Check> {
  const { same, beyond, ...compared } = await page.evaluate(
    async ([prompt, count]) => {
      const { ours, ort, compareOutputs } = window.bench;
      const [a, b] = [await ours.generate(prompt, count), await ort.generate(prompt, count)];
      const [left, right] = [a, b].map(({ logits }) => ({ logits, hiddenStates: [], attentions: [] }));
      return { same: a.ids.join() === b.ids.join(), ...compareOutputs(left, right) };
    },
    [seededIds(PROMPT_LENGTH, PROMPT_LENGTH), WARM_UP_TOKENS] as const
  );
  if (same && beyond === 0) return { T: PROMPT_LENGTH + WARM_UP_TOKENS, threads, ...compared };
  throw new Error(
    `bench: generated tokens must agree, got ${same ? 'the same' : 'others'}, with ${beyond} logits beyond the ` +
      `tolerance (largest difference ${compared.largestDifference}). Fix that before measuring.`
  );
}
