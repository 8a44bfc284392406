/** What a head mostly looks at, as one sentence that can be checked against its pattern. */
import type { HeadFacts } from '$lib/gpt2';
import { formatProbability } from '../common/format';

// From here on one place gets more than everything else together.
const MOSTLY = 0.5;

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
