import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Weights } from '../model/weights.ts';
import { tableRows } from './table.ts';

/**
 * The rows of wte that the ids name.
 *
 * Shapes: ids T whole numbers → [T, n_embd].
 * Memory: the caller disposes the result.
 * Throws: InputError if an id has no row.
 */
export function tokenEmbedding(ids: readonly number[], { wte }: Pick<Gpt2Weights, 'wte'>): tf.Tensor2D {
  const [vocab_size] = wte.shape;
  const wrong = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocab_size);
  if (wrong >= 0) {
    const advice = "Stay within the model's vocabulary.";
    const expected = `an id from 0 to ${vocab_size - 1}`;
    throw new InputError(mustBe(`tokenEmbedding: ids[${wrong}]`, expected, ids[wrong], advice));
  }
  return tableRows(wte, ids);
}

/**
 * The first T rows of wpe.
 *
 * Shapes: → [T, n_embd].
 * Memory: the caller disposes the result.
 * Throws: InputError if there are fewer rows.
 */
export function positionEmbedding(T: number, { wpe }: Pick<Gpt2Weights, 'wpe'>): tf.Tensor2D {
  const [n_ctx] = wpe.shape;
  if (!Number.isInteger(T) || T < 0 || T > n_ctx) {
    const advice = 'The model knows no later position.';
    throw new InputError(mustBe('positionEmbedding: T', `a whole number from 0 to ${n_ctx}`, T, advice));
  }
  return tf.slice(wpe, [0, 0], [T, wpe.shape[1]]);
}
