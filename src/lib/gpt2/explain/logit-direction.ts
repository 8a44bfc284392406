import { InputError, mustBe } from '../errors.ts';
import { lookAt } from '../ops/look-at.ts';
import { lookAtTableRow } from '../ops/table.ts';
import type { Trace } from '../trace/trace.ts';

/**
 * The vector whose product with a part of the last residual stream is what the part adds to a token's logit, by the
 * scale s that ln_f has in this run:
 *
 *     ((c − mean(c)) / s · weight) · W_U[:, token] = c · direction, direction = (g − mean(g)) / s, g = weight · W_U[:, token]
 *
 * ln_f's bias is not part of it: bias · W_U[:, token] is a term of its own.
 *
 * Shapes: [n_embd], in double precision.
 * Units:  nats for one unit of the stream.
 * Throws: InputError if the token is not in the vocabulary.
 */
export async function logitDirection(trace: Trace, position: number, token: number): Promise<Float64Array> {
  const { config, weights } = trace.model;
  if (!Number.isInteger(token) || token < 0 || token >= config.vocab_size) {
    const range = `from 0 to ${config.vocab_size - 1}`;
    throw new InputError(mustBe('logitDirection: token', range, token, 'Choose a token of the vocabulary.'));
  }
  const [[scale], weight, unembedding] = await Promise.all([
    trace.row('ln_final.scale', undefined, position),
    lookAt(weights.ln_f.weight, (values) => values.slice()),
    lookAtTableRow(weights.lm_head, token, (row) => row.slice())
  ]);
  const scaled = Float64Array.from(unembedding, (value, i) => value * weight[i]);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / scaled.length;
  return scaled.map((value) => (value - mean) / scale);
}

/** The product of each row with a direction. Shapes: rows [n, n_embd], direction [n_embd] → [n]. */
export function projectOn(rows: Float32Array, direction: Float64Array): Float32Array {
  const width = direction.length;
  return Float32Array.from({ length: rows.length / width }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += rows[row * width + i] * direction[i];
    return sum;
  });
}
