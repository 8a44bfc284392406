/** What a head mostly looks at, as one sentence that can be checked against its pattern. */
import { formatProbability } from '../common/format';

/** Mean probability that queries give to three places, over the queries for which the three differ. */
export interface HeadFacts {
  /** On position 0, often used as a resting place. */
  readonly first: number;
  /** On the token just before the query. */
  readonly previous: number;
  /** On the query's own position. */
  readonly self: number;
  /** How many queries were averaged: 2 … T − 1. */
  readonly queries: number;
}

// For queries 0 and 1, position 0 is also the query itself or the token before it.
const FIRST_TELLING_QUERY = 2;

// From here on one place gets more than everything else together.
const MOSTLY = 0.5;

/**
 * Averages one head's attention to position 0, to the previous token and to itself.
 *
 * Shapes: pattern [T, T] row-major, row = query.
 * Units:  probabilities; all 0 when T < 3, with queries = 0.
 */
export function headFacts(pattern: ArrayLike<number>, T: number): HeadFacts {
  const queries = Math.max(0, T - FIRST_TELLING_QUERY);
  const total = { first: 0, previous: 0, self: 0 };
  for (let query = FIRST_TELLING_QUERY; query < T; query++) {
    total.first += pattern[query * T];
    total.previous += pattern[query * T + query - 1];
    total.self += pattern[query * T + query];
  }
  const n = Math.max(1, queries);
  return { first: total.first / n, previous: total.previous / n, self: total.self / n, queries };
}

/** The facts in words: "mostly attends to position 0, 62 % on average". */
export function describeHead(facts: HeadFacts): string {
  if (facts.queries === 0) return 'too few tokens to tell its habit';
  const places: [string, number][] = [
    ['position 0', facts.first],
    ['the previous token', facts.previous],
    ['the query itself', facts.self]
  ];
  const [place, share] = places.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (share >= MOSTLY) return `mostly attends to ${place}, ${formatProbability(share)} on average`;
  const shares = places.map(([name, value]) => `${name} ${formatProbability(value)}`);
  return `on average ${shares.join(', ')}`;
}
