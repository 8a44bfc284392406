import type { Browser, Page } from 'playwright-core';
import { openPage } from './browser.ts';
import { caseOf, type Case } from './cases.ts';
import { seededIds } from './prompts.ts';
import { MOUNTS } from './server.ts';

export interface Plan {
  readonly rounds: number;
  readonly lengths: readonly number[];
  readonly threads: readonly number[];
  /** Whether to measure reading, too. */
  readonly reads: boolean;
}

/** How far the two engines are apart, over logits, hidden states and attentions of one prompt. */
export interface Check {
  readonly T: number;
  readonly threads: number;
  readonly values: number;
  readonly largestDifference: number;
}

const SETTLE_MS = 100; // threads of the engine that ran before go to sleep

/**
 * Both engines on the same 124M weights in one page, in turn: load, first token, whole passes.
 *
 * Throws: Error if their outputs differ by more than the tests' tolerance, or the backend has other threads.
 */
export async function benchThreads(
  browser: Browser,
  origin: string,
  threads: number,
  plan: Plan
): Promise<{ cases: Case[]; checks: Check[] }> {
  const page = await openPage(browser, origin, threads);
  const name = { threads, backend: 'wasm' };
  const cases: Case[] = [];
  const checks: Check[] = [];
  const started = await page.evaluate(() => window.bench.ours.start('wasm'));
  if (started.backend !== 'wasm' || started.threads !== threads) {
    throw new Error(`bench: wasm must have ${threads} threads, got ${started.backend}, ${started.threads}.`);
  }
  const folder = MOUNTS.small;
  const oursLoad = await page.evaluate((at) => window.bench.ours.load(at), folder);
  const ortLoad = await page.evaluate(([at, threads]) => window.bench.ort.load(at, threads), [
    folder,
    threads
  ] as const);
  cases.push(caseOf({ what: 'load', T: null, ...name }, [oursLoad], [ortLoad]));
  const [shortest] = plan.lengths;
  cases.push(await firstTokens(page, shortest, name));
  for (const T of plan.lengths) {
    checks.push({ T, threads, ...(await agree(page, T)) });
    cases.push(await forwardPasses(page, T, plan.rounds, name));
  }
  if (plan.reads) for (const T of plan.lengths) cases.push(...(await reads(page, T, plan.rounds, name)));
  await page.context().close();
  return { cases, checks };
}

async function firstTokens(page: Page, T: number, name: { threads: number; backend: string }): Promise<Case> {
  const ids = seededIds(T, T);
  const ours = await page.evaluate((ids) => window.bench.ours.firstToken(ids), ids);
  const ort = await page.evaluate((ids) => window.bench.ort.forward(ids), ids);
  return caseOf({ what: 'first token after loading', T, ...name }, [ours], [ort]);
}

async function agree(page: Page, T: number): Promise<{ values: number; largestDifference: number }> {
  const { values, largestDifference, beyond } = await page.evaluate(
    async (ids) => {
      const { ours, ort, compareOutputs } = window.bench;
      return compareOutputs(await ours.outputs(ids), await ort.outputs(ids));
    },
    seededIds(T, T + 1)
  );
  if (beyond === 0) return { values, largestDifference };
  throw new Error(
    `bench: outputs at T = ${T} must agree, got ${beyond} of ${values} values beyond the tolerance ` +
      `(largest difference ${largestDifference}). Fix that before measuring.`
  );
}

/** Rounds of both engines, the one that goes first changing; other ids in each round. */
async function forwardPasses(
  page: Page,
  T: number,
  rounds: number,
  name: { threads: number; backend: string }
): Promise<Case> {
  const times: Record<'ours' | 'ort', number[]> = { ours: [], ort: [] };
  for (let round = -1; round < rounds; round++) {
    const ids = seededIds(T, 1000 * T + round + 1);
    const order = round % 2 === 0 ? (['ours', 'ort'] as const) : (['ort', 'ours'] as const);
    for (const engine of order) {
      await page.waitForTimeout(SETTLE_MS);
      const time = await page.evaluate(([engine, ids]) => window.bench[engine].forward(ids), [
        engine,
        ids
      ] as const);
      if (round >= 0) times[engine].push(time); // the first round warms up
    }
  }
  return caseOf({ what: 'forward, every activation', T, ...name }, times.ours, times.ort);
}

async function reads(
  page: Page,
  T: number,
  rounds: number,
  name: { threads: number; backend: string }
): Promise<Case[]> {
  const times = { pattern: [] as number[], allHeads: [] as number[], lensRow: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const read = await page.evaluate((ids) => window.bench.ours.reads(ids), seededIds(T, 2000 * T + round));
    for (const kind of ['pattern', 'allHeads', 'lensRow'] as const) times[kind].push(read[kind]);
  }
  return [
    caseOf({ what: 'read one pattern', T, ...name }, times.pattern),
    caseOf({ what: 'read all heads', T, ...name }, times.allHeads),
    caseOf({ what: 'read a lens row', T, ...name }, times.lensRow)
  ];
}
