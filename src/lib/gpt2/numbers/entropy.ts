/** Numbers that describe a distribution. */
import { ShapeError, mustBe } from '../errors.ts';

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
