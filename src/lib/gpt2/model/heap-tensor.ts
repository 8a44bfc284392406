import * as tf from '@tensorflow/tfjs-core';
import { elementCount } from '../checkpoint/weight-spec.ts';
import { DeviceMemoryError, mustBe } from '../errors.ts';
import { HALVES_DTYPE, HALVES_IN_A_WORD } from '../ops/halves.ts';

/** A backend whose tensors lie in a heap that can be written to: wasm. */
interface HeapBackend {
  makeOutput(shape: number[], dtype: 'float32' | typeof HALVES_DTYPE): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array | Int32Array;
  getMemoryOffset(dataId: object): number;
}

/** A tensor whose values are written in the backend's own heap. */
export interface HeapTensor {
  readonly tensor: tf.Tensor;
  /** Asked for at each write: a heap that grows may move it. */
  readonly values: () => Float32Array | Uint16Array;
}

/**
 * Room for a tensor's values, in float32 or in halves; null where the backend has no such heap.
 *
 * Throws: DeviceMemoryError if the backend has no room left. `name` is for the message.
 */
export function heapTensor(name: string, shape: readonly number[], isHalf: boolean): HeapTensor | null {
  const backend = tf.backend() as Partial<HeapBackend>;
  if (!backend.makeOutput || !backend.typedArrayFromHeap || !backend.getMemoryOffset) return null;
  const words = [...shape.slice(0, -1), Math.ceil(shape.at(-1)! / HALVES_IN_A_WORD)];
  const info = isHalf ? backend.makeOutput(words, HALVES_DTYPE) : backend.makeOutput([...shape], 'float32');
  if (backend.getMemoryOffset(info.dataId) === 0) {
    const bytes = Float32Array.BYTES_PER_ELEMENT * elementCount(info.shape);
    const advice = 'Close other tabs, or use a smaller model.';
    throw new DeviceMemoryError(mustBe(`weights: room for ${name}`, `${bytes} bytes`, 'none', advice), {
      code: 'deviceRoom',
      values: [bytes]
    });
  }
  const tensor = tf.engine().makeTensorFromTensorInfo(info);
  const values = () => {
    const own = backend.typedArrayFromHeap!(info);
    if (own instanceof Float32Array) return own;
    return new Uint16Array(own.buffer, own.byteOffset, HALVES_IN_A_WORD * own.length);
  };
  return { tensor, values };
}
