import type * as tf from '@tensorflow/tfjs-core';

/**
 * What stands at each named point of a computation: `at('z', z)` gives the value that the computation continues with, z
 * itself unless an edit is there.
 */
export interface NamedPoints {
  <T extends tf.Tensor>(name: string, value: T): T;
  /** True if a value at one of these points may change: a kernel that computes past them must then give way. */
  readonly touches: (...names: readonly string[]) => boolean;
}

/** Every value as it is. */
export const UNEDITED: NamedPoints = Object.assign(<T extends tf.Tensor>(_: string, value: T): T => value, {
  touches: () => false
});
