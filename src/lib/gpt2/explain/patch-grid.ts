import { InputError, mustBe } from '../errors.ts';
import { planEdits } from '../edit/plan.ts';
import type { Edit } from '../edit/types.ts';
import type { Trace } from '../trace/trace.ts';
import { metricOf, metricPosition, type Metric, type Progress } from './metric.ts';
import { rerunLogits } from './rerun.ts';

/** Two runs of one length whose metrics differ. */
export interface PromptPair {
  readonly clean: Trace;
  readonly corrupt: Trace;
  /** What this pair asks, where pairs are about other tokens; left out: the measure's own metric. */
  readonly metric?: Metric;
}

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

/** Metrics nearer than this give no scale to measure a patch by: float32 moves a logit by some 1e-5. */
const LEAST_DIFFERENCE = 1e-3;

/**
 * Activation patching: one run with one place taken from the other, place by place. Yields each cell as it comes, and
 * returns the grid. The blocks below a patch are not computed again.
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
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (const { clean, corrupt, asked, position, cleanMetric, corruptMetric } of measured) {
        signal?.throwIfAborted();
        const [base, other] = direction === 'clean into corrupt' ? [corrupt, clean] : [clean, corrupt];
        const plan = await planEdits(base.model, base.ids, [edit(row, column)], { base, other });
        const patched = metricOf(asked, await rerunLogits(base, plan, position));
        sum += (patched - corruptMetric) / (cleanMetric - corruptMetric);
      }
      grid[row][column] = sum / measured.length;
      yield {
        row,
        column,
        value: grid[row][column],
        done: row * columns + column + 1,
        total: rows * columns
      };
    }
  }
  return { what, ...meanMetrics(measured), grid };
}

interface MeasuredPair extends PromptPair {
  readonly asked: Metric;
  readonly position: number;
  readonly cleanMetric: number;
  readonly corruptMetric: number;
}

/** Both metrics of each pair. Throws: InputError if there is no pair, or one does not allow to measure. */
export async function measurePairs(pairs: readonly PromptPair[], metric: Metric): Promise<MeasuredPair[]> {
  if (pairs.length === 0) throw new InputError(mustBe('patch: pairs', 'at least 1', 0, 'Pass two runs.'));
  const measured: MeasuredPair[] = [];
  for (const { clean, corrupt, metric: own } of pairs) {
    const asked = own ?? metric;
    if (asked.kind === 'kl')
      throw new InputError(
        mustBe('patch: metric', 'a logit or log-probability', 'kl', 'KL has no clean and corrupt value.')
      );
    expectLength(clean.ids.length, corrupt.ids.length);
    const position = metricPosition(clean, asked);
    const [cleanMetric, corruptMetric] = [
      metricOf(asked, await clean.logits(position)),
      metricOf(asked, await corrupt.logits(position))
    ];
    if (Math.abs(cleanMetric - corruptMetric) < LEAST_DIFFERENCE) {
      const advice = 'Choose prompts or tokens that the model tells apart.';
      const expected = `different in both runs by ${LEAST_DIFFERENCE} or more`;
      throw new InputError(mustBe('patch: metric', expected, `${cleanMetric} and ${corruptMetric}`, advice));
    }
    measured.push({ clean, corrupt, asked, position, cleanMetric, corruptMetric });
  }
  return measured;
}

function expectLength(clean: number, corrupt: number): void {
  if (clean === corrupt) return;
  const advice = 'Change words for others of as many tokens.';
  throw new InputError(mustBe('patch: corrupt prompt', `${clean} tokens, as the clean one`, corrupt, advice));
}

export function meanMetrics(measured: readonly MeasuredPair[]): { clean: number; corrupt: number } {
  const mean = (of: (pair: MeasuredPair) => number) =>
    measured.reduce((sum, pair) => sum + of(pair), 0) / measured.length;
  return { clean: mean((pair) => pair.cleanMetric), corrupt: mean((pair) => pair.corruptMetric) };
}

/** How many rows and columns a grid has, and the edit of each cell. */
function gridPlaces(what: PatchPlace, layer: number | undefined, pairs: readonly PromptPair[]) {
  const [{ clean }] = pairs;
  const { n_layer, n_head } = clean.model.config;
  const T = clean.ids.length;
  const isHead = (PATCH_BY_HEAD as readonly string[]).includes(what);
  const byPosition = !isHead || layer !== undefined;
  const other = byPosition && pairs.find((pair) => pair.clean.ids.length !== T);
  if (other) {
    const advice = 'Positions of prompts of several lengths cannot be averaged.';
    throw new InputError(mustBe('patch: pairs', `${T} tokens each`, other.clean.ids.length, advice));
  }
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
