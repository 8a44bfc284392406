import { InputError, mustBe } from '../errors.ts';
import { nextTask } from '../next-task.ts';
import type { Trace } from '../trace/trace.ts';

export const DETECTION_PATTERNS = ['previous_token_head', 'duplicate_token_head', 'induction_head'] as const;
export type DetectionPattern = (typeof DETECTION_PATTERNS)[number];

export interface DetectOptions {
  /** `mul`: the share of the head's attention that lies in the pattern; `abs`: 1 less the mean difference to it. */
  readonly error_measure?: 'mul' | 'abs';
  readonly exclude_bos?: boolean;
  readonly exclude_current_token?: boolean;
  /** Stops between two blocks. */
  readonly signal?: AbortSignal;
}

/**
 * TransformerLens's `detect_head` on one prompt: another definition than `promptStatistics`, with other numbers. There a
 * mean is over the queries that could attend so; here the sum over the whole prompt of attention times pattern is divided
 * by the sum of all attention, so a head that rests on the first position where nothing repeats scores low.
 *
 * Shapes: [n_layer][n_head]; `mul` from 0 to 1, `abs` from −1 to 1, rounded to 3 digits as there.
 * Memory: one block's patterns at a time.
 * Throws: InputError if the prompt has one token; the signal's reason once it is aborted.
 * Source: TransformerLens 4.3.0, head_detector.py.
 */
export async function detectHead(
  trace: Trace,
  pattern: DetectionPattern,
  { error_measure = 'mul', exclude_bos = false, exclude_current_token = false, signal }: DetectOptions = {}
): Promise<number[][]> {
  const { ids } = trace;
  if (ids.length < 2)
    throw new InputError(mustBe('detectHead: prompt', 'at least 2 tokens', ids.length, 'Add a token.'));
  const wanted = WANTED[pattern];
  const isLeftOut = (query: number, key: number) =>
    (exclude_bos && key === 0) || (exclude_current_token && key === query);
  const scores: number[][] = [];
  for (let layer = 0; layer < trace.n_layer; layer++) {
    signal?.throwIfAborted();
    const { data, shape } = await trace.read('pattern', layer);
    const [n_head, T] = shape;
    const score = (head: number) => {
      let [inside, all, difference] = [0, 0, 0];
      for (let query = 0; query < T; query++) {
        for (let key = 0; key <= query; key++) {
          if (isLeftOut(query, key)) continue;
          const weight = data[(head * T + query) * T + key];
          const one = wanted(ids, query, key) ? 1 : 0;
          inside += weight * one;
          all += weight;
          difference += Math.abs(weight - one);
        }
      }
      return error_measure === 'mul' ? inside / all : 1 - Math.round((difference / T) * 1000) / 1000;
    };
    scores.push(Array.from({ length: n_head }, (_, head) => score(head)));
    await nextTask();
  }
  return scores;
}

type Wanted = (ids: readonly number[], query: number, key: number) => boolean;

const WANTED: Readonly<Record<DetectionPattern, Wanted>> = {
  previous_token_head: (_, query, key) => key === query - 1,
  duplicate_token_head: (ids, query, key) => key < query && ids[key] === ids[query],
  induction_head: (ids, query, key) =>
    key > 0 && key <= query && ids[key - 1] === ids[query] && key - 1 < query
};
