import type { CheckRow } from './types.ts';
import { statisticsFit } from './statistics.ts';
import { ACTIVATION, excess } from './tolerance.ts';
import type { StoredActivation } from './values-file.ts';

type Outcome = Pick<CheckRow, 'status' | 'difference' | 'compared' | 'detail'>;

const failed = (detail: string): Outcome => ({ status: 'fail', difference: null, compared: 0, detail });

/**
 * Holds one activation beside the values that a file keeps of it. NaN equals nothing, itself included.
 *
 * Shapes: shape and data are the whole activation's, row-major, without batch axis.
 */
export function compareStored(
  { shape, data }: { readonly shape: readonly number[]; readonly data: Float32Array },
  stored: StoredActivation
): Outcome {
  const size = stored.at ? null : stored.values.length;
  if (stored.shape ? stored.shape.join() !== shape.join() : size !== null && size !== data.length) {
    return failed(`shape [${shape.join(', ')}], expected [${(stored.shape ?? [size]).join(', ')}]`);
  }
  let [difference, beyond, worst] = [0, -Infinity, ''];
  for (const [i, expected] of stored.values.entries()) {
    const at = stored.at?.[i] ?? i;
    if (at >= data.length) return failed(`place ${at} of ${data.length} values`);
    const actual = data[at];
    const apart = actual === expected ? 0 : infiniteIfNaN(Math.abs(actual - expected));
    const over = infiniteIfNaN(excess(actual, expected, ACTIVATION));
    difference = Math.max(difference, apart);
    if (over <= beyond) continue;
    beyond = over;
    worst = `[${indices(at, shape).join(', ')}]: ${actual}, expected ${expected}`;
  }
  const fits = !stored.stats || statisticsFit(data, stored.stats, ACTIVATION);
  const compared = stored.values.length;
  if (beyond <= 0 && fits) return { status: 'pass', difference, compared, detail: worst || null };
  return {
    status: 'fail',
    difference,
    compared,
    detail: beyond > 0 ? worst : 'sum, squares, smallest or largest of all values'
  };
}

const infiniteIfNaN = (value: number) => (Number.isNaN(value) ? Infinity : value);

/** Place of a flat index along each axis. */
function indices(flat: number, shape: readonly number[]): number[] {
  const out: number[] = [];
  for (let rest = flat, axis = shape.length - 1; axis >= 0; axis--) {
    out.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return out;
}
