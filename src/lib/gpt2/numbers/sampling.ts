/**
 * From logits to the distribution that the next token is drawn from, and the numbers that describe a distribution.
 *
 * The steps are Hugging Face's, in its order: temperature, then top-k, then top-p, then renormalise. Every step works
 * on the whole vocabulary.
 *
 * Source: Hugging Face transformers, generation/logits_process.py: TemperatureLogitsWarper, TopKLogitsWarper,
 *         TopPLogitsWarper.
 */
import { InputError, ShapeError, mustBe } from '../errors.ts';
import { softmax } from './softmax.ts';

export interface SamplingSettings {
  /** Logits are divided by it; above 0. */
  readonly temperature: number;
  /** How many of the best tokens to keep; 0 keeps all. */
  readonly top_k: number;
  /** The probability that the kept tokens must reach together; 1 keeps all. */
  readonly top_p: number;
}

export interface ProcessedDistribution {
  /** Softmax at temperature 1: what the model says. [vocab_size] */
  readonly before: Float64Array;
  /** Softmax at the temperature, nothing cut. [vocab_size] */
  readonly tempered: Float64Array;
  /** 1 where a token is kept, else 0. [vocab_size] */
  readonly kept: Uint8Array;
  /** `tempered` of the kept tokens, adding up to 1; 0 where cut. [vocab_size] */
  readonly probabilities: Float64Array;
  readonly keptCount: number;
  /** How much of `tempered` was cut, 0 to 1. */
  readonly massCut: number;
}

/** Above this many, sorting all ids can be faster than inserting them one by one. */
const MAX_INSERTED = 128;
const WHOLE = "Pass a whole number, at most the vocabulary's size.";

/**
 * Applies temperature, top-k and top-p to the logits of one position.
 *
 * top-k keeps every token that is as good as the k-th best, so equal logits at the border make it more than k.
 * top-p keeps the smallest set of best tokens whose probability, among those that top-k left, reaches p, and always
 * one; of equal tokens at its border the lower ids stay. A logit of -Infinity is never kept.
 *
 * Shapes: logits [vocab_size].
 * Units:  logits in nats.
 * Throws: InputError on a temperature not above 0, a top_k that is not an integer from 0, a top_p outside [0, 1],
 *         or logits that softmax refuses.
 */
export function processDistribution(
  logits: ArrayLike<number>,
  { temperature, top_k, top_p }: SamplingSettings
): ProcessedDistribution {
  checkCuts(top_k, top_p);
  const before = softmax(logits);
  const tempered = temperature === 1 ? before.slice() : softmax(logits, temperature);
  const kept = new Uint8Array(logits.length);
  for (let id = 0; id < logits.length; id++) kept[id] = logits[id] > -Infinity ? 1 : 0;
  if (top_k > 0) cutTopK(logits, top_k, kept);
  if (top_p < 1) cutTopP(logits, tempered, top_p, kept);

  let keptCount = 0;
  let keptMass = 0;
  let massCut = 0;
  for (let id = 0; id < kept.length; id++) {
    keptCount += kept[id];
    if (kept[id]) keptMass += tempered[id];
    else massCut += tempered[id];
  }
  const probabilities = new Float64Array(logits.length);
  for (let id = 0; id < kept.length; id++) if (kept[id]) probabilities[id] = tempered[id] / keptMass;
  return { before, tempered, kept, probabilities, keptCount, massCut };
}

function checkCuts(top_k: number, top_p: number): void {
  if (!Number.isInteger(top_k) || top_k < 0) {
    const advice = 'Use 0 to keep all.';
    throw new InputError(mustBe('processDistribution: top_k', 'an integer from 0', top_k, advice));
  }
  if (!(top_p >= 0 && top_p <= 1)) {
    const advice = 'Use 1 to keep all.';
    throw new InputError(mustBe('processDistribution: top_p', 'from 0 to 1', top_p, advice));
  }
}

/**
 * Keeps every token that is as good as the k-th best: clears the marks in `kept` of the others.
 *
 * Shapes: logits, kept [vocab_size].
 */
export function cutTopK(logits: ArrayLike<number>, top_k: number, kept: Uint8Array): void {
  if (top_k >= logits.length) return;
  const border =
    top_k <= MAX_INSERTED
      ? logits[topTokens(logits, top_k)[top_k - 1]]
      : Float64Array.from(logits).sort()[logits.length - top_k]; // of values alone, ten times faster than of ids
  for (let id = 0; id < logits.length; id++) if (logits[id] < border) kept[id] = 0;
}

/**
 * Keeps the smallest set of best tokens whose share of what is kept reaches p, and always `minKept`: clears the marks
 * in `kept` of the others. Of equal tokens at its border the lower ids stay.
 *
 * Shapes: logits, tempered (their softmax), kept [vocab_size].
 */
export function cutTopP(
  logits: ArrayLike<number>,
  tempered: Float64Array,
  top_p: number,
  kept: Uint8Array,
  minKept = 1
): void {
  const safe = topTokens(logits, Math.min(minKept, logits.length)).filter((id) => kept[id]);
  let mass = 0;
  for (let id = 0; id < kept.length; id++) if (kept[id]) mass += tempered[id];

  // All tokens below this share add up to less than half of 1 - p, so the set is complete before their turn comes.
  const negligible = (mass * (1 - top_p)) / kept.length / 2;
  const candidates: number[] = [];
  for (let id = 0; id < kept.length; id++) {
    if (kept[id] && tempered[id] >= negligible) candidates.push(id);
  }
  candidates.sort((a, b) => logits[b] - logits[a] || a - b);

  kept.fill(0);
  let reached = 0;
  for (const id of candidates) {
    if (reached >= top_p * mass) break;
    kept[id] = 1;
    reached += tempered[id];
  }
  for (const id of safe) kept[id] = 1;
}

/**
 * The ids of the n largest values, largest first; of equal values the lower id first. Sorts no more than it must.
 *
 * Throws: InputError if n is not an integer from 0 to the number of values, or a value is NaN.
 */
export function topTokens(values: ArrayLike<number>, n: number): number[] {
  if (!Number.isInteger(n) || n < 0 || n > values.length) {
    throw new InputError(mustBe('topTokens: n', `an integer from 0 to ${values.length}`, n, WHOLE));
  }
  for (let id = 0; id < values.length; id++) {
    if (Number.isNaN(values[id])) {
      throw new InputError(mustBe(`topTokens: values[${id}]`, 'a number', 'NaN', 'NaN has no rank.'));
    }
  }
  if (n <= MAX_INSERTED) {
    const best = new Int32Array(n);
    insertBest(values, best);
    return Array.from(best);
  }
  // Not b - a: the difference of two equal infinities is NaN.
  const descending = (a: number, b: number): number =>
    values[a] === values[b] ? a - b : values[a] < values[b] ? 1 : -1;
  return Array.from(values, (_, id) => id)
    .sort(descending)
    .slice(0, n);
}

/** Fills `best` with the ids of the largest values, in `topTokens`'s order; `values` holds no NaN and as many or more. */
export function insertBest(values: ArrayLike<number>, best: Int32Array): void {
  const last = best.length - 1;
  if (last < 0) return;
  for (let id = 0; id <= last; id++) insert(values, best, id, id);
  let border = values[best[last]];
  for (let id = best.length; id < values.length; id++) {
    if (!(values[id] > border)) continue; // nearly always, so nothing else is looked at
    insert(values, best, last, id);
    border = values[best[last]];
  }
}

/** Puts an id in its place among the first `place` of `best`, after equal values; the one at `place` is dropped. */
function insert(values: ArrayLike<number>, best: Int32Array, place: number, id: number): void {
  const value = values[id];
  let at = place;
  for (; at > 0 && values[best[at - 1]] < value; at--) best[at] = best[at - 1];
  best[at] = id;
}

/**
 * The place of a token among all: 1 is the best; of equal logits the lower id comes first.
 *
 * Throws: InputError if there is no such id, or its logit is NaN.
 */
export function rankOf(logits: ArrayLike<number>, id: number): number {
  const logit = logits[id];
  if (!Number.isInteger(id) || id < 0 || id >= logits.length) {
    throw new InputError(mustBe('rankOf: id', `an integer from 0 to ${logits.length - 1}`, id, WHOLE));
  }
  if (Number.isNaN(logit)) {
    throw new InputError(mustBe(`rankOf: logits[${id}]`, 'a number', 'NaN', 'NaN has no rank.'));
  }
  let rank = 1;
  for (let other = 0; other < id; other++) if (logits[other] >= logit) rank++;
  for (let other = id + 1; other < logits.length; other++) if (logits[other] > logit) rank++;
  return rank;
}

/**
 * How undecided a distribution is: 0 when one token has all, ln(n) when n tokens share it.
 *
 *     H(p) = -sum of p[i] ln p[i], with 0 ln 0 = 0
 *
 * Units: nats.
 */
export function entropy(p: ArrayLike<number>): number {
  let sum = 0;
  for (let id = 0; id < p.length; id++) if (p[id] !== 0) sum -= p[id] * Math.log(p[id]);
  return Math.max(0, sum);
}

/**
 * How much the distribution q misses p: 0 when they are equal, Infinity where p has what q rules out.
 *
 *     KL(p || q) = sum of p[i] ln(p[i] / q[i]), with 0 ln 0 = 0
 *
 * Units:  nats.
 * Throws: ShapeError if p and q differ in length.
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  if (p.length !== q.length) {
    const advice = 'Compare distributions over one vocabulary.';
    throw new ShapeError(mustBe('klDivergence: q', `[${p.length}]`, `[${q.length}]`, advice));
  }
  let sum = 0;
  for (let id = 0; id < p.length; id++) if (p[id] !== 0) sum += p[id] * Math.log(p[id] / q[id]);
  return Math.max(0, sum);
}
