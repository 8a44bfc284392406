/** Which values are the largest, and the place of one among all. Equal values: the lower id first. */
import { InputError, mustBe } from '../errors.ts';

/** Above this many, sorting all ids can be faster than inserting them one by one. */
export const MAX_INSERTED = 128;
const WHOLE = "Pass a whole number, at most the vocabulary's size.";

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
