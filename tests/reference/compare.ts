/** Holds one of our activations beside the reference's. Pure: runs in Node and in a browser. */
import { statisticsFit } from '../../src/lib/check/statistics.ts';
import { excess, type Tolerance } from '../tolerance.ts';
import type { ReferenceFixture } from './parse-fixture.ts';

export interface Comparison {
  readonly name: string;
  /** Over the stored rows; Infinity where a NaN, an infinity or a shape is wrong. */
  readonly maxAbsDiff: number;
  /** How far the worst value is beyond its tolerance; 0 or less passes. */
  readonly maxExcess: number;
  /** Where the worst value is, and both numbers. */
  readonly worstAt: string;
  readonly checkedValues: number;
  /** True if the whole tensor's count, mean, root mean square, minimum and maximum fit the reference's. */
  readonly statsOk: boolean;
}

/** Axis that positions run along: query rows of [n_head, T, T], depths before positions in hidden_states. */
const rowAxis = (name: string) => (/hook_(pattern|attn_scores)$|^hidden_states$/.test(name) ? 1 : 0);

/**
 * Compares an activation with the rows and the statistics that a fixture keeps of it.
 * -Infinity equals -Infinity; NaN equals nothing, itself included.
 *
 * Shapes: shape and data are the whole activation's, row-major, without batch axis.
 * Throws: Error if the fixture does not hold the activation.
 */
export function compareActivation(
  name: string,
  shape: readonly number[],
  data: Float32Array,
  fixture: ReferenceFixture,
  tolerance: Tolerance
): Comparison {
  const stored = fixture.rows[name];
  if (stored === undefined) throw new Error(`compareActivation: ${fixture.label} holds no ${name}.`);
  const axis = rowAxis(name);
  const expectedShape = stored.shape.with(axis, fixture.ids.length);
  if (name.endsWith('hook_pattern') || name.endsWith('hook_attn_scores'))
    expectedShape[2] = fixture.ids.length;
  const size = expectedShape.reduce((product, n) => product * n, 1);
  if (shape.join() !== expectedShape.join() || data.length !== size) {
    const worstAt = `shape [${shape}] with ${data.length} values, expected [${expectedShape}]`;
    return { name, maxAbsDiff: Infinity, maxExcess: Infinity, worstAt, checkedValues: 0, statsOk: false };
  }
  const positions = fixture.positionsOf(name);
  const worst = worstValue(data, stored.data as Float32Array, expectedShape, axis, positions, tolerance);
  return { name, ...worst, statsOk: statisticsFit(data, fixture.stats[name], tolerance) };
}

/** True if nothing differs beyond its tolerance and something was compared. */
export function passes({ maxExcess, statsOk, checkedValues }: Comparison): boolean {
  return maxExcess <= 0 && statsOk && checkedValues > 0;
}

function worstValue(
  data: Float32Array,
  stored: Float32Array,
  shape: readonly number[],
  axis: number,
  positions: readonly number[],
  tolerance: Tolerance
): Pick<Comparison, 'maxAbsDiff' | 'maxExcess' | 'worstAt' | 'checkedValues'> {
  const outer = axis === 0 ? 1 : shape[0];
  const width = shape.slice(axis + 1).reduce((product, n) => product * n, 1);
  const worst = { maxAbsDiff: 0, maxExcess: -Infinity, worstAt: 'nothing compared', checkedValues: 0 };
  for (let block = 0; block < outer; block++) {
    for (const position of positions) {
      const start = (block * shape[axis] + position) * width;
      for (let i = 0; i < width; i++) {
        const expected = stored[worst.checkedValues++];
        const actual = data[start + i];
        const beyond = infiniteIfNaN(excess(actual, expected, tolerance));
        const difference = actual === expected ? 0 : infiniteIfNaN(Math.abs(actual - expected));
        worst.maxAbsDiff = Math.max(worst.maxAbsDiff, difference);
        if (beyond <= worst.maxExcess) continue;
        worst.maxExcess = beyond;
        worst.worstAt = `[${indices(start + i, shape)}]: ${actual}, expected ${expected}`;
      }
    }
  }
  return worst;
}

const infiniteIfNaN = (value: number) => (Number.isNaN(value) ? Infinity : value);

function indices(flat: number, shape: readonly number[]): string {
  const out: number[] = [];
  for (let rest = flat, axis = shape.length - 1; axis >= 0; axis--) {
    out.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return out.join(', ');
}
