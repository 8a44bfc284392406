/**
 * Takes the bytes of one tensor in chunks of any size: widens them where they stay, or compares them with another's.
 */
import { mustBe, WeightsError } from '../errors.ts';
import type { SafetensorEntry } from './safetensors.ts';
import { elementCount } from './weight-spec.ts';
import { copyFinite16, valueBytes, widenFinite } from './widen.ts';
import { float16ToFloat32 } from './half.ts';

/** Where the values of one tensor are written while its bytes arrive. */
export interface WeightTarget {
  /**
   * Room for all values, flat and row-major: of float32, or of float16's bits as the file has them. Asked for at each write: a
   * heap that grows may move it.
   */
  values(): Float32Array | Uint16Array;
  /** Called once, when every value is written. */
  done(): void;
}

/**
 * Makes the room for a tensor, by its name in the checkpoint without prefix. Only what the file stores in `dtype` F16 may get room
 * for float16's bits.
 */
export type WeightSink = (name: string, shape: number[], dtype?: string) => WeightTarget;

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
    const values = target.values().subarray(start, end);
    const isTaken =
      values instanceof Uint16Array ? copyFinite16(bytes, values) : widenFinite(tensor.dtype, bytes, values);
    if (!isTaken) refuseNotFinite(name, tensor.shape, inFloat32(values), start);
    if (end === count) target.done();
  });
}

/**
 * Compares a tensor with values that are there already, in float32; from the first difference on it is written to the room
 * that `differs` makes, which must hold the kept values.
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
      const stored = bytes.subarray(at, at + values.length * size);
      const areFinite = widenFinite(dtype, stored, values);
      if (!areFinite) refuseNotFinite(name, shape, values, from);
      if (!own && isSame(values, inFloat32(kept().subarray(from, from + values.length)))) continue;
      own ??= differs();
      const room = own.values().subarray(from, from + values.length);
      if (room instanceof Uint16Array) copyFinite16(stored, room);
      else room.set(values);
    }
    if (own && end === count) own.done();
  });
}

function isSame(values: Float32Array, kept: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== kept[i]) return false;
  return true;
}

/** What a room holds, as float32. */
export function inFloat32(values: Float32Array | Uint16Array): Float32Array {
  return values instanceof Uint16Array ? float16ToFloat32(values) : values;
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

/** Names the first value that is not finite; `values` begins with the tensor's value `start`. */
function refuseNotFinite(name: string, shape: readonly number[], values: Float32Array, start: number): never {
  const i = values.findIndex((value) => !Number.isFinite(value));
  const index = start + i;
  const at = shape.length === 2 ? [Math.floor(index / shape[1]), index % shape[1]] : [index];
  const advice = 'Training diverged or the file is damaged; use another checkpoint.';
  const where = `readCheckpoint: ${name}[${at.join(', ')}]`;
  throw new WeightsError(mustBe(where, 'a finite number', values[i], advice));
}
