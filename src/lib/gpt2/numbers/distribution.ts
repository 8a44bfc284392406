/**
 * What a picture needs of [T, vocab_size] logits, so that the logits themselves can stay where they are: the best
 * tokens, the entropy, one token followed, and the distance to the final layer's distribution, per position.
 * One row is read at a time; every exponential is taken once and every sum kept in float64.
 */
import { InputError, ShapeError, mustBe } from '../errors.ts';
import { expNegative } from './exponential.ts';
import { insertBest, rankOf } from './ranks.ts';
import { largestLogit, normaliser, normaliserOf, type Normaliser } from './softmax.ts';

export interface SummaryOptions {
  /** How many of the best tokens to give per position. */
  readonly top: number;
  /** The token to follow: one id, or one for each position. Null or left out: none. */
  readonly track?: number | ArrayLike<number> | null;
  /** The token that the text has next, one for each position; NONE_NEXT where it has none. Null or left out: not asked. */
  readonly next?: ArrayLike<number> | null;
  /** The final layer's logits, [T, vocab_size], to measure `kl` against. Null or left out: no `kl`. */
  readonly final?: Float32Array | null;
}

/** What stands for the next token, and for its rank, where the text has none. */
export const NONE_NEXT = -1;

/** Arrays over positions. What was not asked for is null. */
export interface LogitSummary {
  /** Best first, of equal ones the lower id. [T, top] */
  readonly topIds: Int32Array;
  /** Of the whole vocabulary, not of these alone. [T, top] */
  readonly topProbabilities: Float64Array;
  /** [T, top], nats */
  readonly topLogits: Float32Array;
  /** [T], nats */
  readonly entropy: Float32Array;
  /** Place of the followed token, 1 = best. [T] */
  readonly rank: Int32Array | null;
  /** Probability of the followed token. [T] */
  readonly probability: Float64Array | null;
  /** ln of that probability. [T], nats */
  readonly logProbability: Float64Array | null;
  /** Place of the token that the text has next, 1 = best; NONE_NEXT where it has none. [T] */
  readonly nextRank: Int32Array | null;
  /** -ln of that token's probability; NaN where the text has none. [T], nats */
  readonly crossEntropy: Float32Array | null;
  /** KL(final || this), see `klToFinal`. [T], nats */
  readonly kl: Float32Array | null;
}

/**
 * Summarises logits position by position.
 *
 * Shapes: logits [T, vocab_size] row-major -> arrays of [T] and [T, top].
 * Units:  logits, entropy and kl in nats; kl is Infinity where this layer rules out (-Infinity) what the final
 *         layer does not; nothing is NaN.
 * Throws: ShapeError if an array does not hold T rows; InputError if `top` or `track` does not fit the vocabulary,
 *         or a row's logits cannot be normalised (NaN, +Infinity, all -Infinity).
 */
export function summariseLogits(
  logits: Float32Array,
  T: number,
  vocab_size: number,
  { top, track = null, next = null, final = null }: SummaryOptions
): LogitSummary {
  expectRows('summariseLogits: logits', logits, T, vocab_size);
  if (final) expectRows('summariseLogits: final', final, T, vocab_size);
  expectInteger('top', top, vocab_size);
  const followed = track === null ? null : followedIds(track, T, vocab_size);
  const nextIds = next === null ? null : followedIds(next, T, vocab_size, NONE_NEXT);
  const summary = emptySummary(T, top, {
    tracked: followed !== null,
    next: nextIds !== null,
    compared: final !== null
  });

  for (let position = 0; position < T; position++) {
    const row = rowOf(logits, position, vocab_size);
    const found = summariseRow(row, position, top, summary);
    if (followed) follow(summary, position, row, followed[position], found);
    if (nextIds) expectNext(summary, position, row, nextIds[position], found);
    if (summary.kl && final) summary.kl[position] = klFrom(rowOf(final, position, vocab_size), row, found);
  }
  return summary;
}

/**
 * How far a layer's distribution still is from the final one, for one position.
 *
 *     KL(final || layer) = sum of p_final[i] (ln p_final[i] - ln p_layer[i])
 *
 * The final distribution is the one that weighs, as in the tuned lens's training loss: what the model will say and
 * this layer does not yet expect costs most. 0 at the final layer itself.
 *
 * Shapes: logits, finalLogits [vocab_size].
 * Units:  nats; Infinity where the layer has -Infinity and the final one has not.
 * Throws: ShapeError if the lengths differ; InputError if either cannot be normalised.
 * Source: Belrose et al. (2023), "Eliciting Latent Predictions from Transformers with the Tuned Lens", section 3.
 */
export function klToFinal(logits: Float32Array, finalLogits: Float32Array): number {
  expectRows('klToFinal: finalLogits', finalLogits, 1, logits.length);
  return klFrom(finalLogits, logits, normaliserOf('klToFinal', logits));
}

function klFrom(final: Float32Array, layer: Float32Array, { largest, logSum }: Normaliser): number {
  const finalLargest = largestLogit('klToFinal', final);
  let rest = 0;
  let ties = -1; // as in `normaliserOf`
  let weighted = 0; // sum of exp(final - finalLargest) * (difference of the shifted logits)
  for (let id = 0; id < final.length; id++) {
    const shifted = final[id] - finalLargest;
    const weight = shifted === 0 ? 1 : expNegative(shifted);
    if (weight === 0) continue; // also where both are -Infinity, whose difference is NaN
    if (shifted === 0) ties++;
    else rest += weight;
    weighted += weight * (shifted - (layer[id] - largest));
  }
  const own = normaliser(finalLargest, rest + ties);
  return Math.max(0, weighted / own.sum - own.logSum + logSum);
}

/** Writes a row's best tokens and entropy, and gives what its probabilities are made from. */
function summariseRow(row: Float32Array, position: number, top: number, summary: LogitSummary): Normaliser {
  const largest = largestLogit(`summariseLogits: position ${position}`, row);
  let rest = 0;
  let ties = -1; // as in `normaliserOf`
  let weighted = 0; // sum of exp(shifted) * shifted, of which the entropy is made
  for (let id = 0; id < row.length; id++) {
    const shifted = row[id] - largest;
    if (shifted === 0) ties++;
    else {
      const weight = expNegative(shifted);
      if (weight === 0) continue; // -Infinity times 0 is NaN
      rest += weight;
      weighted += weight * shifted;
    }
  }
  const found = normaliser(largest, rest + ties);
  summary.entropy[position] = Math.max(0, found.logSum - weighted / found.sum);

  const first = position * top;
  insertBest(row, summary.topIds.subarray(first, first + top));
  for (let place = first; place < first + top; place++) {
    const logit = row[summary.topIds[place]];
    summary.topLogits[place] = logit;
    summary.topProbabilities[place] = probabilityOf(logit, found);
  }
  return found;
}

function follow(
  summary: LogitSummary,
  position: number,
  row: Float32Array,
  id: number,
  found: Normaliser
): void {
  summary.rank![position] = rankOf(row, id);
  summary.probability![position] = probabilityOf(row[id], found);
  summary.logProbability![position] = logProbabilityIn(row[id], found);
}

function expectNext(
  summary: LogitSummary,
  position: number,
  row: Float32Array,
  id: number,
  found: Normaliser
): void {
  const isThere = id !== NONE_NEXT;
  summary.nextRank![position] = isThere ? rankOf(row, id) : NONE_NEXT;
  summary.crossEntropy![position] = isThere ? -logProbabilityIn(row[id], found) : NaN;
}

function logProbabilityIn(logit: number, { largest, logSum }: Normaliser): number {
  return logit - largest - logSum;
}

function probabilityOf(logit: number, { largest, sum }: Normaliser): number {
  return expNegative(logit - largest) / sum;
}

function emptySummary(
  T: number,
  top: number,
  { tracked, next, compared }: { tracked: boolean; next: boolean; compared: boolean }
): LogitSummary {
  return {
    topIds: new Int32Array(T * top),
    topProbabilities: new Float64Array(T * top),
    topLogits: new Float32Array(T * top),
    entropy: new Float32Array(T),
    rank: tracked ? new Int32Array(T) : null,
    probability: tracked ? new Float64Array(T) : null,
    logProbability: tracked ? new Float64Array(T) : null,
    nextRank: next ? new Int32Array(T) : null,
    crossEntropy: next ? new Float32Array(T) : null,
    kl: compared ? new Float32Array(T) : null
  };
}

/** A view of one position's logits; nothing is copied. */
function rowOf(logits: Float32Array, position: number, vocab_size: number): Float32Array {
  return logits.subarray(position * vocab_size, (position + 1) * vocab_size);
}

function followedIds(
  track: number | ArrayLike<number>,
  T: number,
  vocab_size: number,
  none?: number
): ArrayLike<number> {
  const ids = typeof track === 'number' ? new Array<number>(T).fill(track) : track;
  if (ids.length !== T) {
    const advice = 'Give one id, or one for each position.';
    throw new ShapeError(mustBe('summariseLogits: track', `[${T}]`, `[${ids.length}]`, advice));
  }
  for (let position = 0; position < T; position++) {
    if (ids[position] !== none) expectInteger('track', ids[position], vocab_size - 1);
  }
  return ids;
}

function expectRows(where: string, values: Float32Array, T: number, vocab_size: number): void {
  if (values.length === T * vocab_size) return;
  const advice = 'Pass row-major logits, one row for each position.';
  throw new ShapeError(mustBe(where, `[${T}, ${vocab_size}]`, `${values.length} values`, advice));
}

function expectInteger(argument: string, value: number, last: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= last) return;
  const where = `summariseLogits: ${argument}`;
  throw new InputError(
    mustBe(where, `an integer from 0 to ${last}`, value, "Stay within the model's vocabulary.")
  );
}
