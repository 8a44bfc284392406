import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import { seededRandom } from '../numbers/random.ts';
import { runTrace } from '../trace/forward.ts';
import type { Trace } from '../trace/trace.ts';
import { HeadCounter, type HeadScores, type HeadStatistics } from './head-counter.ts';
import { countRows, type TextIds, type TextOptions, type TextStep } from './text-rows.ts';

export interface RepeatOptions {
  /** Tokens in each half; 50 unless given. */
  readonly length?: number;
  readonly seed?: number;
  /** Stops between two blocks. */
  readonly signal?: AbortSignal;
}

/** A run whose patterns can be read: a trace or a recorded one. */
export type ReadRun = Pick<Trace, 'ids' | 'n_layer' | 'read'> & {
  readonly model: Pick<Trace['model'], 'config'>;
};

export interface RepeatScores {
  readonly scores: HeadScores;
  /** The random tokens, twice. [2 length] */
  readonly ids: readonly number[];
}

const DEFAULT_LENGTH = 50;

/**
 * Every head's scores on random tokens that come twice, without `<|endoftext|>`. With A a head's pattern and L the tokens
 * of a half, the means are over
 *
 *     previous A[i + 1, i], i < 2 L − 1     duplicate A[i + L, i], i < L     induction A[i + L, i + 1], i < L
 *     first A[i, 0], i < 2 L                self A[i, i], i < 2 L
 *
 * Shapes: [n_layer][n_head].
 * Memory: leaves no tensor behind.
 * Throws: InputError if the halves do not fit the context; the signal's reason once it is aborted.
 * Source: Elhage et al. (2021); Olsson et al. (2022), "In-context Learning and Induction Heads".
 */
export async function repeatScores(
  model: Gpt2Transformer,
  { length = DEFAULT_LENGTH, seed = 0, signal }: RepeatOptions = {}
): Promise<RepeatScores> {
  const half = randomTokens(model, length, seed);
  const ids = [...half, ...half];
  const trace = await runTrace(model, ids, { signal, byteBudget: 0 });
  try {
    const scores = emptyScores();
    for (let layer = 0; layer < trace.n_layer; layer++) {
      signal?.throwIfAborted();
      const { data, shape } = await trace.read('pattern', layer);
      addLayer(
        scores,
        Array.from({ length: shape[0] }, (_, head) => diagonals(data, head, length))
      );
      await nextTask();
    }
    return { scores, ids };
  } finally {
    trace.dispose();
  }
}

function randomTokens({ config }: Gpt2Transformer, length: number, seed: number): number[] {
  const most = Math.floor(config.n_ctx / 2);
  if (!Number.isInteger(length) || length < 2 || length > most) {
    const advice = `Two halves must fit ${config.n_ctx} positions.`;
    throw new InputError(mustBe('repeatScores: length', `a whole number from 2 to ${most}`, length, advice), {
      code: 'range',
      values: ['length', 2, most, length]
    });
  }
  const next = seededRandom(seed);
  const ids: number[] = [];
  while (ids.length < length) {
    const id = Math.floor(next() * config.vocab_size);
    if (!config.eos_token_id.includes(id)) ids.push(id);
  }
  return ids;
}

type Scores = Record<keyof HeadScores, number>;

/** One head's means along the diagonals of a pattern [2 L, 2 L]. */
function diagonals(data: Float32Array, head: number, L: number): Scores {
  const T = 2 * L;
  const at = (query: number, key: number) => data[(head * T + query) * T + key];
  const mean = (count: number, of: (i: number) => number) => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += of(i);
    return sum / count;
  };
  return {
    previous: mean(T - 1, (i) => at(i + 1, i)),
    duplicate: mean(L, (i) => at(i + L, i)),
    induction: mean(L, (i) => at(i + L, i + 1)),
    first: mean(T, (i) => at(i, 0)),
    self: mean(T, (i) => at(i, i))
  };
}

const emptyScores = (): HeadScores => ({ previous: [], duplicate: [], induction: [], first: [], self: [] });

function addLayer(scores: HeadScores, heads: readonly Scores[]): void {
  for (const name of Object.keys(scores) as (keyof HeadScores)[])
    scores[name].push(heads.map((head) => head[name]));
}

/**
 * Every head's statistics on one prompt; see `HeadStatistics`.
 *
 * Memory: one block's patterns at a time.
 */
export async function promptStatistics(trace: ReadRun, signal?: AbortSignal): Promise<HeadStatistics> {
  const { n_layer, n_head } = trace.model.config;
  const counter = new HeadCounter(n_layer, n_head, trace.ids.length);
  await count(counter, trace, 0, signal);
  return counter.result();
}

/**
 * Every head's statistics over the rows of a text; see `countRows`. Only sums, histograms and the strongest rows and pairs
 * are kept, however long the text is.
 *
 * @param rows ids of each row, as they come; `textRows` cuts a text
 * @param length tokens of the longest row
 * @param total rows that will come, for the progress
 * Memory: as `countRows`.
 * Throws: as `countRows`; InputError if a row is longer than `length`.
 */
export async function* textStatistics(
  model: Gpt2Transformer,
  rows: TextIds,
  length: number,
  total: number,
  options: TextOptions = {}
): AsyncGenerator<TextStep<HeadStatistics>, HeadStatistics, void> {
  const counter = new HeadCounter(model.config.n_layer, model.config.n_head, length);
  const add = (trace: Trace, row: number) => count(counter, trace, row, options.signal);
  return yield* countRows(model, rows, { add, result: () => counter.result() }, total, options);
}

async function count(counter: HeadCounter, trace: ReadRun, row: number, signal?: AbortSignal): Promise<void> {
  const text = counter.startRow(row, trace.ids);
  for (let layer = 0; layer < trace.n_layer; layer++) {
    signal?.throwIfAborted();
    counter.add(text, layer, (await trace.read('pattern', layer)).data);
    await nextTask();
  }
}
