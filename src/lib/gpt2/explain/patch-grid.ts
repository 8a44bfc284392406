import { InputError, mustBe } from '../errors.ts';
import { inOrder } from '../in-order.ts';
import { planEdits } from '../edit/plan.ts';
import type { Edit } from '../edit/types.ts';
import { metricOf, type Metric, type Progress } from './metric.ts';
import { meanMetrics, measurePairs, restored, type MeasuredPair, type PromptPair } from './prompt-pairs.ts';
import { rerunLogits, runsAtOnce } from './rerun.ts';
import { together } from './together.ts';

export const PATCH_BY_POSITION = ['resid_pre', 'attn_out', 'mlp_out'] as const;
export const PATCH_BY_HEAD = ['z', 'q', 'k', 'v', 'pattern'] as const;
export type PatchPlace = (typeof PATCH_BY_POSITION)[number] | (typeof PATCH_BY_HEAD)[number];

export interface PatchGridOptions {
  /** Of the streams, rows are layers and columns positions; of the others, rows are layers and columns heads. */
  readonly what: PatchPlace;
  readonly metric: Metric;
  /** For z, q, k or v: rows are the heads of this layer, columns are positions. */
  readonly layer?: number;
  /** `clean into corrupt` (what suffices) unless given; the other way shows what is needed. */
  readonly direction?: 'clean into corrupt' | 'corrupt into clean';
  /** Stops between two runs. */
  readonly signal?: AbortSignal;
}

export interface GridCell extends Progress {
  readonly row: number;
  readonly column: number;
  /** (m − m_corrupt) / (m_clean − m_corrupt), the mean over the pairs: 0 as in the corrupt run, 1 as in the clean one. */
  readonly value: number;
}

export interface PatchGrid {
  readonly what: PatchPlace;
  /** Metric of the clean runs, mean over the pairs. nats */
  readonly clean: number;
  /** Of the corrupt runs. */
  readonly corrupt: number;
  /** [rows][columns], as `GridCell.value`. */
  readonly grid: readonly (readonly number[])[];
}

/**
 * Activation patching: one run with one place taken from the other, place by place. Yields each cell as it comes, and
 * returns the grid. The blocks below a patch are not computed again, and several places are patched at once.
 *
 * Memory: leaves no tensor behind, also where it is stopped.
 * Throws: InputError if the runs of a pair differ in length or model or were edited, if the pairs differ in length where
 *         columns are positions, or if clean and corrupt give nearly the same metric; the signal's reason once aborted.
 * Source: Meng et al. (2022); Heimersheim and Nanda (2024), "How to use and interpret activation patching".
 */
export async function* patchGrid(
  pairs: readonly PromptPair[],
  { what, metric, layer, direction = 'clean into corrupt', signal }: PatchGridOptions
): AsyncGenerator<GridCell, PatchGrid, void> {
  const measured = await measurePairs(pairs, metric);
  const { rows, columns, edit } = gridPlaces(what, layer, pairs);
  const grid = Array.from({ length: rows }, () => new Array<number>(columns).fill(NaN));
  const atOnce = Math.min(...measured.map(({ clean }) => runsAtOnce(clean)));
  for (let row = 0; row < rows; row++) {
    for (const some of together([...grid[row].keys()], atOnce, () => row)) {
      const edits = some.map((column) => edit(row, column));
      const values: number[][] = [];
      for (const pair of measured) values.push(await patchedValues(pair, edits, direction, signal));
      for (const [run, column] of some.entries()) {
        const value = values.reduce((sum, ofPair) => sum + ofPair[run], 0) / measured.length;
        grid[row][column] = value;
        yield { row, column, value, done: row * columns + column + 1, total: rows * columns };
      }
    }
  }
  return { what, ...meanMetrics(measured), grid };
}

/** What each edit makes of one run of a pair. */
async function patchedValues(
  pair: MeasuredPair,
  edits: readonly Edit[],
  direction: NonNullable<PatchGridOptions['direction']>,
  signal: AbortSignal | undefined
): Promise<number[]> {
  signal?.throwIfAborted();
  const { clean, corrupt } = pair;
  const [base, other] = direction === 'clean into corrupt' ? [corrupt, clean] : [clean, corrupt];
  const plans = await inOrder(edits, (edit) => planEdits(base.model, base.ids, [edit], { base, other }));
  const logits = await rerunLogits(base, plans, pair.position, signal);
  return logits.map((patched) => restored(pair, metricOf(pair.pairMetric, patched)));
}

/** How many rows and columns a grid has, and the edit of each cell. */
function gridPlaces(what: PatchPlace, layer: number | undefined, pairs: readonly PromptPair[]) {
  const [{ clean }] = pairs;
  const { n_layer, n_head } = clean.model.config;
  const T = clean.ids.length;
  const isHead = (PATCH_BY_HEAD as readonly string[]).includes(what);
  const byPosition = !isHead || layer !== undefined;
  if (byPosition) expectEqualLengths(pairs);
  if (layer !== undefined && (!isHead || what === 'pattern')) {
    const advice = 'Leave the layer out: rows are layers.';
    throw new InputError(
      mustBe('patch: layer', 'given for z, q, k or v alone', `${layer} for ${what}`, advice)
    );
  }
  if (layer !== undefined && !(Number.isInteger(layer) && layer >= 0 && layer < n_layer))
    throw new InputError(mustBe('patch: layer', `from 0 to ${n_layer - 1}`, layer, 'Choose one of those.'));
  const edit = (row: number, column: number): Edit => {
    if (!isHead) return { kind: 'patch', name: what, layer: row, positions: [column] };
    if (layer === undefined) return { kind: 'patch', name: what, layer: row, head: column };
    return { kind: 'patch', name: what, layer, head: row, positions: [column] };
  };
  return { rows: layer === undefined ? n_layer : n_head, columns: byPosition ? T : n_head, edit };
}

/** Throws: InputError if the pairs differ in length, where columns are positions. */
export function expectEqualLengths(pairs: readonly PromptPair[]): void {
  const T = pairs[0].clean.ids.length;
  const other = pairs.find((pair) => pair.clean.ids.length !== T);
  if (!other) return;
  const advice = 'Positions of prompts of several lengths cannot be averaged.';
  throw new InputError(mustBe('patch: pairs', `${T} tokens each`, other.clean.ids.length, advice));
}
