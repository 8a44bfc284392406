import type { Gpt2Transformer } from '../model/model.ts';
import { runTrace } from '../trace/forward.ts';
import type { Trace } from '../trace/trace.ts';
import type { Progress } from './metric.ts';

/** Ids of each row of a text, as they come. */
export type TextIds = Iterable<readonly number[]> | AsyncIterable<readonly number[]>;

export interface TextOptions {
  /** Stops between two rows. */
  readonly signal?: AbortSignal;
}

/** Cuts ids into rows of `length`, `most` of them; a last part of fewer than 2 tokens is left out. */
export function* textRows(ids: readonly number[], most = 64, length = 128): Generator<number[], void, void> {
  for (let row = 0; row < most; row++) {
    const part = ids.slice(row * length, (row + 1) * length);
    if (part.length < 2) return;
    yield part;
  }
}

/** Progress through a text, with what has been counted up to there. */
export interface TextStep<T> extends Progress {
  statistics(): T;
}

/** What is counted of a text. */
export interface TextCounter<T> {
  /** Takes what it needs of a row's run, which is disposed then. */
  add(trace: Trace, row: number): Promise<void>;
  result(): T;
}

/**
 * Counts over the rows of a text, each run by itself. Yields after each row what was counted up to there, and returns the
 * whole.
 *
 * @param total rows that will come, for the progress
 * Memory: one run at a time; leaves no tensor behind, also where it is stopped.
 * Throws: InputError if a row cannot be run; the signal's reason once it is aborted.
 */
export async function* countRows<T>(
  model: Gpt2Transformer,
  rows: TextIds,
  counter: TextCounter<T>,
  total: number,
  { signal }: TextOptions
): AsyncGenerator<TextStep<T>, T, void> {
  const statistics = () => counter.result();
  let row = 0;
  for await (const ids of rows) {
    signal?.throwIfAborted();
    const trace = await runTrace(model, ids, { signal });
    try {
      await counter.add(trace, row);
    } finally {
      trace.dispose();
    }
    yield { done: ++row, total, statistics };
  }
  return counter.result();
}
