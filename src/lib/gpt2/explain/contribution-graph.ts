import { InputError, mustBe } from '../errors.ts';
import { nextTask } from '../next-task.ts';
import type { Trace } from '../trace/trace.ts';
import { blockContributions, type BlockContributions } from './contributions.ts';
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
  /** The head that wrote most of it. */
  readonly head: number;
}

/** A row followed back through all rows and blocks. */
export interface FollowedBack {
  readonly position: number;
  /** [n_layer + 1][position + 1]: the nodes' weights; with `rest` a depth's weights sum to 1. */
  readonly weights: readonly Float64Array[];
  /** Weight of the rows of later depths that were not followed further, [n_layer + 1]. */
  readonly rest: Float64Array;
  /** At or above the threshold, from the last block to the first. */
  readonly edges: readonly GraphEdge[];
  /** The edges below the threshold from earlier positions, by block, [n_layer]. */
  readonly slight: readonly SlightEdges[];
  /** Weight of the edges below the threshold, all together; one block's edges weigh 1 at most. */
  readonly hidden: number;
}

export interface SlightEdges {
  readonly count: number;
  readonly weight: number;
}

export interface ContributionGraph extends FollowedBack {
  /** Share of the MLP in each followed row after a block, [n_layer][position + 1]; 0 in the other rows. */
  readonly mlp: readonly Float64Array[];
}

export interface ContributionGraphOptions {
  /** The row that is followed back; left out: the last. */
  readonly position?: number;
  /** Edges of less weight are left out; 0.01 unless given. */
  readonly threshold?: number;
  /** The most rows of a depth that are followed further, the heaviest first; left out: all. */
  readonly rows?: number;
  /** Stops between two rows. */
  readonly signal?: AbortSignal;
}

/** What a block brings to each of some rows, with its place among them: of a run, or of a recording. */
export type ReadBlock = (
  layer: number,
  rows: readonly number[],
  signal?: AbortSignal
) => AsyncIterable<readonly [at: number, found: Pick<BlockContributions, 'own' | 'shares' | 'heads'>]>;

const DEFAULT_THRESHOLD = 0.01;

/**
 * `contributions` followed back from one row through all rows: the target has a weight of 1, and each row passes its
 * weight on to what it was made of, by the shares in its block. An MLP reads its own row alone, so what it adds counts as
 * the row's own. Of a long prompt the heaviest rows of each depth can be followed alone: what these pass on is exact, and
 * the weight of the others is summed in `rest`. Yields after each block, and returns the graph.
 *
 * Memory: as `contributionsOf`.
 * Throws: InputError if the position is not in the run or `rows` is not 1 or more; the signal's reason once it is aborted.
 * Source: Ferrando et al. (2022); Ferrando and Voita (2024), "Information Flow Routes in Language Models".
 */
export async function* contributionGraph(
  trace: Trace,
  options: ContributionGraphOptions = {}
): AsyncGenerator<Progress, ContributionGraph, void> {
  const graph = yield* followBack(trace, options);
  const mlp: Float64Array[] = [];
  for (const [layer, after] of graph.weights.slice(1).entries()) {
    options.signal?.throwIfAborted();
    mlp.push(await mlpShares(trace, layer, after, options.rows));
  }
  return { ...graph, mlp };
}

/** The graph without the MLPs' shares.  Memory, throws, source: as `contributionGraph`. */
export function followBack(
  trace: Trace,
  options: ContributionGraphOptions = {}
): AsyncGenerator<Progress, FollowedBack, void> {
  const position = metricPosition(trace, { token: 0, position: options.position });
  const blocks: ReadBlock = (layer, rows, signal) => blockContributions(trace, layer, rows, signal);
  return followThrough(blocks, trace.model.config.n_layer, { ...options, position });
}

/** As `followBack`, of blocks that are read elsewhere. */
export async function* followThrough(
  blocks: ReadBlock,
  n_layer: number,
  {
    position,
    threshold = DEFAULT_THRESHOLD,
    rows = Infinity,
    signal
  }: ContributionGraphOptions & { readonly position: number }
): AsyncGenerator<Progress, FollowedBack, void> {
  if (!(rows >= 1))
    throw new InputError(mustBe('contributionGraph: rows', '1 or more', rows, 'Leave it out to follow all.'));
  const weights = Array.from({ length: n_layer + 1 }, () => new Float64Array(position + 1));
  const rest = new Float64Array(n_layer + 1);
  const edges: GraphEdge[] = [];
  const slight = Array.from({ length: n_layer }, () => ({ count: 0, weight: 0 }));
  let hidden = 0;
  weights[n_layer][position] = 1;
  for (let layer = n_layer - 1; layer >= 0; layer--) {
    await nextTask();
    const after = weights[layer + 1];
    const { followed, left } = heaviest(after, rows);
    rest[layer] = rest[layer + 1] + left;
    for await (const [at, { own, shares, heads }] of blocks(layer, followed, signal)) {
      const target = followed[at];
      weights[layer][target] += after[target] * own;
      const n_head = heads.length / shares.length;
      shares.forEach((share, source) => {
        const weight = after[target] * share;
        weights[layer][source] += weight;
        if (weight >= threshold) {
          const head = largestIn(heads, source * n_head, n_head);
          edges.push({ layer, source, target, share, weight, head });
          return;
        }
        hidden += weight;
        if (source === target) return;
        slight[layer].count += 1;
        slight[layer].weight += weight;
      });
    }
    yield { done: n_layer - layer, total: n_layer };
  }
  return { position, weights, rest, edges, slight, hidden };
}

/** The heaviest rows that weigh anything, by position, and the weight of the others. */
function heaviest(weights: Float64Array, most: number): { followed: number[]; left: number } {
  const all = Array.from(weights.keys()).filter((row) => weights[row] > 0);
  if (all.length <= most) return { followed: all, left: 0 };
  all.sort((a, b) => weights[b] - weights[a] || a - b);
  const left = all.slice(most).reduce((sum, row) => sum + weights[row], 0);
  return { followed: all.slice(0, most).sort((a, b) => a - b), left };
}

/** The place of the largest of so many values, of equal ones the first. */
function largestIn(values: Float32Array, start: number, count: number): number {
  let best = 0;
  for (let at = 1; at < count; at++) if (values[start + at] > values[start + best]) best = at;
  return best;
}

/** Share of mlp_out in resid_post of the followed rows, by the same measure as `contributions`. */
async function mlpShares(
  trace: Trace,
  layer: number,
  after: Float64Array,
  most = Infinity
): Promise<Float64Array> {
  const shares = new Float64Array(after.length);
  for (const row of heaviest(after, most).followed) {
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
