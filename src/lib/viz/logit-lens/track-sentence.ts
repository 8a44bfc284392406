import { integer, lensViewWords as words } from '$lib/words';

/** What the followed token does through the depths, as numbers by depth (0 = embedding). */
export interface TrackPath {
  /** How the token is written. */
  readonly label: string;
  /** Rank by depth, from 1; undefined where the row is not there yet. */
  readonly ranks: readonly (number | undefined)[];
}

/** Where in the model a depth is: `at the embedding`, `after block 9`, `at the output`. */
export function depthPlace(depth: number, n_layer: number): string {
  if (depth === 0) return words.atEmbedding;
  return depth === n_layer ? words.atOutput : words.afterBlock(depth - 1);
}

/**
 * The followed token's way in one sentence: its rank at the first depth, the best rank and where it is
 * first reached, and the rank at the last depth where that differs.
 */
export function trackSentence({ label, ranks }: TrackPath): string {
  const n_layer = ranks.length - 1;
  const known = ranks.flatMap((rank, depth) => (rank === undefined ? [] : [{ rank, depth }]));
  if (known.length === 0) return words.ranksPending(label);
  const first = known[0];
  const last = known[known.length - 1];
  const best = known.reduce((least, step) => (step.rank < least.rank ? step : least));
  const stops = [first, best, last].filter(
    (step, i, all) => i === 0 || (step.depth !== all[i - 1].depth && step.rank !== all[i - 1].rank)
  );
  const parts = stops.map(({ rank, depth }) => words.stop(integer(rank), depthPlace(depth, n_layer)));
  const same = known.length > 1 && known.every((step) => step.rank === known[0].rank);
  return parts.length === 1 && same ? words.sameRank(label, parts[0]) : words.ranks(label, parts);
}
