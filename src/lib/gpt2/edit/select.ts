import * as tf from '@tensorflow/tfjs-core';
import { MASKED } from '../ops/attention.ts';
import type { Gpt2Config } from '../model/config.ts';
import { editableKind } from './places.ts';
import type { EditPlace } from './types.ts';

/** Takes a value, and what takes its place at some of its positions, heads or neurons. */
type Select = (value: tf.Tensor, replaced: tf.Tensor) => tf.Tensor;

/**
 * Where an edit changes a value: the positions, heads or neurons of its place. Filler after the prompt never changes, nor
 * does a score or probability of a key after its query.
 *
 * @param rows the only positions that may change, besides those of the place; null: all of the prompt
 */
export function placeSelector(
  place: EditPlace,
  config: Gpt2Config,
  T: number,
  rows: readonly number[] | null
): Select {
  const { layout, width } = editableKind(place.name);
  const { n_head } = config;
  const { head, neuron, positions } = place;
  const chosen = rows ?? positions ?? Array.from({ length: T }, (_, i) => i);
  const isChosen = (padded: number) => marks(padded, chosen);
  if (layout === 'squares') {
    return (value, replaced) => {
      const [, padded] = value.shape;
      const heads = tf.tensor(oneOf(n_head, head), [n_head, 1, 1], 'bool');
      const cells = tf.tensor(visible(isChosen(padded)), [1, padded, padded], 'bool');
      return tf.where(tf.logicalAnd(heads, cells), replaced, value);
    };
  }
  const rest = layout === 'results' ? [n_head, 1] : [width(config)];
  const columns = columnMarks(place, config, rest[0]);
  const all = head === undefined && neuron === undefined;
  return (value, replaced) => {
    const [padded] = value.shape;
    const some = tf.tensor(isChosen(padded), [padded, ...rest.map(() => 1)], 'bool');
    return tf.where(
      all ? some : tf.logicalAnd(some, tf.tensor(columns, [1, ...rest], 'bool')),
      replaced,
      value
    );
  };
}

function columnMarks({ name, head, neuron }: EditPlace, { n_head }: Gpt2Config, width: number): Uint8Array {
  if (name === 'result') return oneOf(n_head, head);
  if (head === undefined) return oneOf(width, neuron);
  const d_head = width / n_head;
  return new Uint8Array(width).fill(1, head * d_head, (head + 1) * d_head);
}

/** 1 at one place, or everywhere. */
function oneOf(length: number, index: number | undefined): Uint8Array {
  return index === undefined ? new Uint8Array(length).fill(1) : marks(length, [index]);
}

function marks(length: number, indices: readonly number[]): Uint8Array {
  const out = new Uint8Array(length);
  for (const index of indices) out[index] = 1;
  return out;
}

/** [T, T]: 1 in the chosen queries' rows, up to the query's own position. */
function visible(queries: Uint8Array): Uint8Array {
  const T = queries.length;
  const out = new Uint8Array(T * T);
  for (let query = 0; query < T; query++) if (queries[query]) out.fill(1, query * T, query * T + query + 1);
  return out;
}

/**
 * Rows of another run in the places of this one: row `positions[i]` is row `origins[i]` of it, other rows are 0.
 *
 * Shapes: data [length, ...] row-major → as `value`.
 */
export function rowsOf(
  value: tf.Tensor,
  data: Float32Array,
  length: number,
  positions: readonly number[],
  origins: readonly number[]
): tf.Tensor {
  const width = data.length / length;
  const out = new Float32Array(value.size);
  positions.forEach((position, i) => {
    out.set(data.subarray(origins[i] * width, (origins[i] + 1) * width), position * width);
  });
  return tf.tensor(out, value.shape);
}

/**
 * Scores or patterns of another run, at the same positions.
 *
 * Shapes: data [n_head, length, length] row-major → as `value`, [n_head, T, T].
 */
export function squaresOf(value: tf.Tensor3D, data: Float32Array, length: number): tf.Tensor3D {
  const [n_head, T] = value.shape;
  const out = new Float32Array(value.size);
  const shared = Math.min(T, length);
  for (let head = 0; head < n_head; head++) {
    for (let row = 0; row < shared; row++) {
      const start = (head * length + row) * length;
      out.set(data.subarray(start, start + shared), (head * T + row) * T);
    }
  }
  for (let i = 0; i < out.length; i++) if (out[i] === -Infinity) out[i] = MASKED;
  return tf.tensor3d(out, [n_head, T, T]);
}
