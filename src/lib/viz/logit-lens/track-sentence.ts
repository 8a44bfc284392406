import { integer, lensViewWords as words } from '$lib/words';
import { depthPlace } from '../common';

/** What the followed token does through the depths, as numbers from the embedding on. */
export interface TrackPath {
  /** How the token is written. */
  readonly label: string;
  /** Rank by depth, from 1; undefined where the row is not there yet. */
  readonly ranks: readonly (number | undefined)[];
  /** Depths from one of them to the next. */
  readonly step?: number;
}

/**
 * The followed token's way in one sentence: its rank at the first depth, the best rank and where it is
 * first reached, and the rank at the last depth where that differs.
 */
export function trackSentence({ label, ranks, step = 1 }: TrackPath): string {
  const known = ranks.flatMap((rank, i) => (rank === undefined ? [] : [{ rank, depth: i * step }]));
  if (known.length === 0) return words.ranksPending(label);
  const first = known[0];
  const last = known[known.length - 1];
  const best = known.reduce((least, step) => (step.rank < least.rank ? step : least));
  const stops = [first, best, last].filter(
    (step, i, all) => i === 0 || (step.depth !== all[i - 1].depth && step.rank !== all[i - 1].rank)
  );
  const parts = stops.map(({ rank, depth }) => words.stop(integer(rank), depthPlace(depth)));
  const same = known.length > 1 && known.every((step) => step.rank === known[0].rank);
  return parts.length === 1 && same ? words.sameRank(label, parts[0]) : words.ranks(label, parts);
}
