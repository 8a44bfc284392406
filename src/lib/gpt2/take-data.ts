import type * as tf from '@tensorflow/tfjs-core';

/** Reads a tensor and disposes it, so that the array is nobody else's. */
export async function takeData(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data()) as Float32Array;
  } finally {
    tensor.dispose();
  }
}
