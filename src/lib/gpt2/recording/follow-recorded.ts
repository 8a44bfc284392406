import {
  followThrough,
  type ContributionGraphOptions,
  type FollowedBack
} from '../explain/contribution-graph.ts';
import type { Contributions } from '../explain/contributions.ts';
import type { Progress } from '../explain/metric.ts';
import type { RecordedTrace } from './recorded-trace.ts';

/** As `followBack`, of a recorded run.  Throws: as there, and where the recording holds no contributions. */
export function followRecorded(
  trace: Pick<RecordedTrace, 'ids' | 'model' | 'contributions'>,
  { position = trace.ids.length - 1, ...options }: ContributionGraphOptions = {}
): AsyncGenerator<Progress, FollowedBack, void> {
  const { n_layer, n_head } = trace.model.config;
  const read = new Map<number, Contributions>();
  async function* blocks(layer: number, rows: readonly number[], signal?: AbortSignal) {
    for (const [at, row] of rows.entries()) {
      signal?.throwIfAborted();
      const found = read.get(row) ?? (await trace.contributions(row));
      read.set(row, found);
      const ofBlock = (values: Float32Array, width: number) =>
        values.subarray(layer * (row + 1) * width, (layer + 1) * (row + 1) * width);
      yield [
        at,
        { own: found.own[layer], shares: ofBlock(found.shares, 1), heads: ofBlock(found.heads, n_head) }
      ] as const;
    }
  }
  return followThrough(blocks, n_layer, { ...options, position });
}
