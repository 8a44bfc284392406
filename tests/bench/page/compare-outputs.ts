import { excess, tolerance } from '../../tolerance';
import type { Outputs } from './our-engine';

export interface Agreement {
  readonly values: number;
  readonly largestDifference: number;
  /** Values beyond the tolerance of the reference tests. */
  readonly beyond: number;
}

/**
 * Holds two engines' outputs beside each other, value by value.
 *
 * Throws: Error if they do not have the same arrays of the same lengths.
 */
export function compareOutputs(ours: Outputs, theirs: Outputs): Agreement {
  const flat = ({ logits, hiddenStates, attentions }: Outputs) => [logits, ...hiddenStates, ...attentions];
  const [left, right] = [flat(ours), flat(theirs)];
  const lengths = (arrays: Float32Array[]) => arrays.map(({ length }) => length).join();
  if (lengths(left) !== lengths(right)) {
    throw new Error(
      `compareOutputs: lengths must be ${lengths(right)}, got ${lengths(left)}. Run the same ids on both.`
    );
  }
  const allowed = tolerance('wasm', 'logits');
  let [values, largestDifference, beyond] = [0, 0, 0];
  for (const [index, array] of left.entries()) {
    const other = right[index];
    values += array.length;
    for (let i = 0; i < array.length; i++) {
      largestDifference = Math.max(largestDifference, Math.abs(array[i] - other[i]));
      if (!(excess(array[i], other[i], allowed) <= 0)) beyond++;
    }
  }
  return { values, largestDifference, beyond };
}
