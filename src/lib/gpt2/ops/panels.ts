/**
 * Weights laid out in panels of a few columns, all rows of a panel in one run of memory: the order in which a fused
 * product reads them. Panels are a tensor like any other, which stock operations can put back in rows.
 */
import * as tf from '@tensorflow/tfjs-core';
import { hasFused, runFused } from './fused-kernels.ts';
import { isHalved, widened } from './halves.ts';

/** Columns of a panel: two vectors of four numbers, what the kernels multiply at a time. */
export const PANEL_COLUMNS = 8;

/** Axes of a weight in panels; in rows it has two. */
export const PANELS_RANK = 3;

/** True if the backend reads panels, and so many columns fill them. */
export function readsPanels(outputs: number): boolean {
  return outputs % PANEL_COLUMNS === 0 && hasFused('Gpt2Panels');
}

/**
 * Lays columns of a weight out in panels: panels[p, i, j] = weight[i, first + 8 p + j].
 *
 * Shapes: weight [inputs, n], row-major in a tensor of any shape that holds as many numbers or more → [outputs / 8, inputs, 8];
 *         of halves [outputs / 8, inputs, 4].
 * Memory: leaves the weight alone; the caller disposes the result.
 * Returns null where `readsPanels` is false.
 */
export function toPanels(
  weight: tf.Tensor,
  [inputs, n]: readonly [inputs: number, n: number],
  first = 0,
  outputs = n - first
): tf.Tensor3D | null {
  if (!readsPanels(outputs)) return null;
  const columns = { stride: n, first, outputs, columns: PANEL_COLUMNS };
  const laidOut = runFused('Gpt2Panels', { weight }, { inputs, ...columns });
  return laidOut ? (laidOut[0] as tf.Tensor3D) : null;
}

/**
 * The weight that was laid out in panels, in float32.
 *
 * Shapes: panels [outputs / 8, inputs, 8], or halves [outputs / 8, inputs, 4] → [inputs, outputs].
 * Memory: leaves the panels alone; the caller disposes the result.
 */
export function fromPanels(panels: tf.Tensor3D): tf.Tensor2D {
  const [count, inputs] = panels.shape;
  return tf.tidy(() => {
    const whole = isHalved(panels) ? widened(panels) : panels;
    return tf.reshape(tf.transpose(whole, [1, 0, 2]), [inputs, count * PANEL_COLUMNS]);
  });
}
