import { contributionsOf, lensColumn, type LensColumn, type Trace } from '$lib/gpt2';
import type { PositionFlow } from './protocol';

/** How the streams of some positions came about, and what each would say at every depth.  Throws: once it is aborted. */
export async function positionFlows(
  trace: Trace,
  positions: readonly number[],
  signal: AbortSignal
): Promise<PositionFlow[]> {
  const columns: LensColumn[] = [];
  for (const position of positions) {
    signal.throwIfAborted();
    columns.push(await lensColumn(trace, position));
  }
  const tokens = columns.map(({ ids }) => ids[ids.length - 1]);
  const found = await contributionsOf(trace, positions, { tokens, signal });
  return found.map((row, at) => ({
    ...row,
    token: tokens[at],
    lensIds: columns[at].ids,
    lensProbabilities: columns[at].probabilities
  }));
}
