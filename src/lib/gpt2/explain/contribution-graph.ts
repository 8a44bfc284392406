import { nextTask } from '../next-task.ts';
import type { Trace } from '../trace/trace.ts';
import { contributions, type Contributions } from './contributions.ts';
import { metricPosition, type Progress } from './metric.ts';

/** What a row of the stream reads from one source in one block. */
export interface GraphEdge {
  readonly layer: number;
  readonly source: number;
  readonly target: number;
  /** Share of the row after attention that was written from the source; with the row's own share they sum to 1. */
  readonly share: number;
  /** Share times the weight of the row after the block: what reaches the target along this edge. */
  readonly weight: number;
}

export interface ContributionGraph {
  readonly position: number;
  /** [n_layer + 1][position + 1]: the nodes' weights; a depth's weights sum to 1. */
  readonly weights: readonly Float64Array[];
  /** Share of the MLP in each row after a block, [n_layer][position + 1]. */
  readonly mlp: readonly Float64Array[];
  /** At or above the threshold, from the last block to the first. */
  readonly edges: readonly GraphEdge[];
  /** Weight of the edges below the threshold, all together; one block's edges weigh 1 at most. */
  readonly hidden: number;
}

export interface ContributionGraphOptions {
  /** The row that is followed back; left out: the last. */
  readonly position?: number;
  /** Edges of less weight are left out; 0.01 unless given. */
  readonly threshold?: number;
  /** Stops between two rows. */
  readonly signal?: AbortSignal;
}

const DEFAULT_THRESHOLD = 0.01;

/**
 * `contributions` followed back from one row through all rows: the target has a weight of 1, and each row passes its
 * weight on to what it was made of, by the shares in its block. An MLP reads its own row alone, so what it adds counts as
 * the row's own. Yields after each row, and returns the graph.
 *
 * Memory: as `contributions`.
 * Throws: InputError if the position is not in the run; the signal's reason once it is aborted.
 * Source: Ferrando et al. (2022); Ferrando and Voita (2024), "Information Flow Routes in Language Models".
 */
export async function* contributionGraph(
  trace: Trace,
  { position, threshold = DEFAULT_THRESHOLD, signal }: ContributionGraphOptions = {}
): AsyncGenerator<Progress, ContributionGraph, void> {
  const last = metricPosition(trace, { token: 0, position });
  const { n_layer } = trace.model.config;
  const rows: Contributions[] = [];
  for (let row = 0; row <= last; row++) {
    rows.push(await contributions(trace, row, { signal }));
    yield { done: row + 1, total: last + 1 };
    await nextTask();
  }
  const mlp: Float64Array[] = [];
  for (let layer = 0; layer < n_layer; layer++) mlp.push(await mlpShares(trace, layer, last));
  return { position: last, mlp, ...followBack(rows, n_layer, threshold) };
}

/**
 * The graph of rows whose shares are known, from the last of them back: see `contributionGraph`.
 *
 * Shapes: rows as `contributions` gives them, one for each position.
 */
export function followBack(
  rows: readonly Pick<Contributions, 'own' | 'shares'>[],
  n_layer: number,
  threshold: number
): Pick<ContributionGraph, 'weights' | 'edges' | 'hidden'> {
  const T = rows.length;
  const weights = Array.from({ length: n_layer + 1 }, () => new Float64Array(T));
  weights[n_layer][T - 1] = 1;
  const edges: GraphEdge[] = [];
  let hidden = 0;
  for (let layer = n_layer - 1; layer >= 0; layer--) {
    for (let target = 0; target < T; target++) {
      const passed = weights[layer + 1][target];
      if (passed === 0) continue;
      const { own, shares } = rows[target];
      weights[layer][target] += passed * own[layer];
      for (let source = 0; source <= target; source++) {
        const share = shares[layer * (target + 1) + source];
        const weight = passed * share;
        weights[layer][source] += weight;
        if (weight >= threshold) edges.push({ layer, source, target, share, weight });
        else hidden += weight;
      }
    }
  }
  return { weights, edges, hidden };
}

/** Share of mlp_out in resid_post, row by row, by the same measure as `contributions`. */
async function mlpShares(trace: Trace, layer: number, last: number): Promise<Float64Array> {
  const shares = new Float64Array(last + 1);
  for (let row = 0; row <= last; row++) {
    const [mid, out] = [await trace.row('resid_mid', layer, row), await trace.row('mlp_out', layer, row)];
    let [size, midSize, outSize] = [0, 0, 0];
    for (let i = 0; i < mid.length; i++) {
      size += Math.abs(mid[i] + out[i]);
      midSize += Math.abs(mid[i]);
      outSize += Math.abs(out[i]);
    }
    const [gain, midGain] = [Math.max(0, size - midSize), Math.max(0, size - outSize)];
    shares[row] = gain + midGain > 0 ? gain / (gain + midGain) : 0;
  }
  return shares;
}
