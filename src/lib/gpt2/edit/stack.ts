import * as tf from '@tensorflow/tfjs-core';
import type { PlannedEdits } from '../model/pass.ts';

/**
 * The edits of several runs that are computed as one, their rows below one another: each plan sees the values of its own
 * run alone, an equal share of the first axis.
 *
 * Throws: RangeError without a plan.
 */
export function stackEdits(plans: readonly PlannedEdits[]): PlannedEdits {
  if (plans.length === 0)
    throw new RangeError('stackEdits: plans must be at least 1, got 0. Pass one a run.');
  if (plans.length === 1) return plans[0];
  return {
    key: plans.map(({ key }) => key).join(' / '),
    firstLayer: Math.min(...plans.map(({ firstLayer }) => firstLayer)),
    touches: (name, layer) => plans.some((plan) => plan.touches(name, layer)),
    apply: <T extends tf.Tensor>(name: string, layer: number | undefined, value: T): T => {
      const [rows, ...rest] = value.shape;
      const own = rows / plans.length;
      const edited = plans.map((plan, run) => {
        const share = tf.slice(value, [run * own, ...rest.map(() => 0)], [own, ...rest]);
        return plan.touches(name, layer) ? plan.apply(name, layer, share) : share;
      });
      return tf.concat(edited) as tf.Tensor as T;
    }
  };
}
