/** What the followed token does through the depths, as numbers by depth (0 = embedding). */
export interface TrackPath {
  /** How the token is written. */
  readonly label: string;
  /** Rank by depth, from 1; undefined where the row is not there yet. */
  readonly ranks: readonly (number | undefined)[];
}

const count = new Intl.NumberFormat('en-US');

/** Where in the model a depth is: `at the embedding`, `after block 9`, `at the output`. */
export function depthPlace(depth: number, n_layer: number): string {
  if (depth === 0) return 'at the embedding';
  return depth === n_layer ? 'at the output' : `after block ${depth - 1}`;
}

/**
 * The followed token's way in one sentence: its rank at the first depth, the best rank and where it is
 * first reached, and the rank at the last depth where that differs.
 */
export function trackSentence({ label, ranks }: TrackPath): string {
  const n_layer = ranks.length - 1;
  const known = ranks.flatMap((rank, depth) => (rank === undefined ? [] : [{ rank, depth }]));
  if (known.length === 0) return `${label}: its ranks are being computed.`;
  const first = known[0];
  const last = known[known.length - 1];
  const best = known.reduce((least, step) => (step.rank < least.rank ? step : least));
  const stops = [first, best, last].filter(
    (step, i, all) => i === 0 || (step.depth !== all[i - 1].depth && step.rank !== all[i - 1].rank)
  );
  const parts = stops.map(({ rank, depth }) => `${count.format(rank)} ${depthPlace(depth, n_layer)}`);
  if (parts.length === 1) return `${label}: rank ${parts[0]}${unchanged(known)}.`;
  return `${label}: rank ${parts.join(', ')}.`;
}

function unchanged(known: { rank: number }[]): string {
  const same = known.length > 1 && known.every((step) => step.rank === known[0].rank);
  return same ? ' and at every depth after it' : '';
}

/** What the last row predicts after a token: the main fact of the table, for the figure's label. */
export function lensSummary(
  n_layer: number,
  tokenCount: number,
  position: number,
  label: string,
  final: { label: string; probability: string } | null
): string {
  const size = `Logit lens, ${n_layer + 1} depths by ${tokenCount} positions.`;
  if (final === null) return `${size} Being computed.`;
  return `${size} After ${label} at position ${position} the last row says ${final.label}, ${final.probability}.`;
}

/** One cell in words: token, where, and its probability. */
export function cellLabel(
  rowLabel: string,
  position: number,
  columnLabel: string,
  top: { label: string; probability: string } | null,
  measure: string
): string {
  const place = `${rowLabel}, after ${columnLabel} at position ${position}`;
  return top === null
    ? `${place}: being computed`
    : `${place}: ${top.label}, ${top.probability}${measure === '' ? '' : `, ${measure}`}`;
}
