import type { Gpt2Transformer } from '../model/model.ts';
import { runTrace } from '../trace/forward.ts';
import type { Trace } from '../trace/trace.ts';

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

/**
 * Runs the rows of a text one after another, and yields how many are done.
 *
 * @param use what is read of a row's run, which is disposed before the row is told
 * Memory: one run at a time; nothing between two rows, nor where it is stopped.
 * Throws: InputError if a row cannot be run; the signal's reason once it is aborted.
 */
export async function* runRows(
  model: Gpt2Transformer,
  rows: TextIds,
  use: (trace: Trace, row: number) => Promise<void>,
  { signal }: TextOptions
): AsyncGenerator<number, void, void> {
  let row = 0;
  for await (const ids of rows) {
    signal?.throwIfAborted();
    const trace = await runTrace(model, ids, { signal });
    try {
      await use(trace, row);
    } finally {
      trace.dispose();
    }
    yield ++row;
  }
}
