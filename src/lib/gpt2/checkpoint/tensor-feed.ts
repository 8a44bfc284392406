/**
 * Takes the bytes of one tensor in chunks of any size: widens them where they stay, or compares them with another's.
 */
import { mustBe, WeightsError } from '../errors.ts';
import type { SafetensorEntry } from './safetensors.ts';
import { elementCount } from './weight-spec.ts';
import { valueBytes, widenFinite } from './widen.ts';

/** Where the values of one tensor are written while its bytes arrive. */
export interface WeightTarget {
  /** Room for all values, flat and row-major. Asked for at each write: a heap that grows may move it. */
  values(): Float32Array;
  /** Called once, when every value is written. */
  done(): void;
}

/** Makes the room for a tensor, by its name in the checkpoint without prefix. */
export type WeightSink = (name: string, shape: number[]) => WeightTarget;

export interface TensorFeed {
  /** Throws: WeightsError that names the value that is wrong. */
  push(bytes: Uint8Array): void;
}

type TensorInfo = Pick<SafetensorEntry, 'dtype' | 'shape'>;

const PIECE_VALUES = 2 ** 16; // compared at a time

/** Writes a tensor to its target; NaN and infinities are refused. `name` is for the message. */
export function writingFeed(name: string, tensor: TensorInfo, target: WeightTarget): TensorFeed {
  const count = elementCount(tensor.shape);
  return wholeValues(tensor.dtype, (bytes, start, end) => {
    const values = target.values();
    const areFinite = widenFinite(tensor.dtype, bytes, values.subarray(start, end));
    if (!areFinite) refuseNotFinite(name, tensor.shape, values, start);
    if (end === count) target.done();
  });
}

/**
 * Compares a tensor with values that are there already, bit for bit in float32; from the first difference on it is written
 * to the room that `differs` makes, which must hold the kept values.
 */
export function comparingFeed(
  name: string,
  tensor: TensorInfo,
  kept: WeightTarget['values'],
  differs: () => WeightTarget
): TensorFeed {
  const { dtype, shape } = tensor;
  const count = elementCount(shape);
  const size = valueBytes(dtype)!;
  const piece = new Float32Array(PIECE_VALUES);
  let own: WeightTarget | null = null;
  return wholeValues(dtype, (bytes, start, end) => {
    for (let from = start; from < end; from += PIECE_VALUES) {
      const values = piece.subarray(0, Math.min(PIECE_VALUES, end - from));
      const at = (from - start) * size;
      const areFinite = widenFinite(dtype, bytes.subarray(at, at + values.length * size), values);
      if (!areFinite) refuseNotFinite(name, shape, values, 0, from);
      if (!own && isSame(values, kept(), from)) continue;
      own ??= differs();
      own.values().set(values, from);
    }
    if (own && end === count) own.done();
  });
}

function isSame(values: Float32Array, kept: Float32Array, from: number): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== kept[from + i]) return false;
  return true;
}

/** Cuts chunks at the borders of values: a value whose bytes come in two chunks is put together. */
function wholeValues(
  dtype: string,
  onvalues: (bytes: Uint8Array, start: number, end: number) => void
): TensorFeed {
  const size = valueBytes(dtype)!;
  const split = new Uint8Array(size);
  let splitBytes = 0;
  let written = 0;
  const emit = (bytes: Uint8Array) => {
    const start = written;
    written += bytes.length / size;
    if (written > start) onvalues(bytes, start, written);
  };
  return {
    push(bytes) {
      const missing = splitBytes > 0 ? Math.min(bytes.length, size - splitBytes) : 0;
      split.set(bytes.subarray(0, missing), splitBytes);
      splitBytes += missing;
      if (splitBytes > 0 && splitBytes < size) return;
      emit(split.subarray(0, splitBytes));
      const whole = bytes.subarray(missing, bytes.length - ((bytes.length - missing) % size));
      emit(whole);
      split.set(bytes.subarray(missing + whole.length));
      splitBytes = bytes.length - missing - whole.length;
    }
  };
}

/** Names the first value from `start` on that is not finite; `values` begins with the tensor's value `before`. */
function refuseNotFinite(
  name: string,
  shape: readonly number[],
  values: Float32Array,
  start: number,
  before = 0
): never {
  let i = start;
  while (Number.isFinite(values[i])) i++;
  const index = before + i;
  const at = shape.length === 2 ? [Math.floor(index / shape[1]), index % shape[1]] : [index];
  const advice = 'Training diverged or the file is damaged; use another checkpoint.';
  const where = `readCheckpoint: ${name}[${at.join(', ')}]`;
  throw new WeightsError(mustBe(where, 'a finite number', values[i], advice));
}
