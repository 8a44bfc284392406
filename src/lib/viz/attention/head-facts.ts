/** What a head mostly looks at, as one sentence that can be checked against its pattern. */
import type { HeadFacts } from '$lib/gpt2';
import { attentionWords as words } from '$lib/words';
import { formatWeight } from '../common/format';

// From here on one place gets more than everything else together.
const MOSTLY = 0.5;

/** The facts in words: "mostly attends to position 0, 62 % on average". */
export function describeHead(facts: HeadFacts): string {
  if (facts.queries === 0) return words.noHabit;
  const places: [string, number][] = [
    [words.places.first, facts.first],
    [words.places.previous, facts.previous],
    [words.places.self, facts.self]
  ];
  const [place, share] = places.reduce((a, b) => (b[1] > a[1] ? b : a));
  if (share >= MOSTLY) return words.mostly(place, formatWeight(share));
  const shares = places.map(([name, value]) => words.share(name, formatWeight(value)));
  return words.onAverage(shares);
}
