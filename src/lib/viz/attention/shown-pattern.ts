/** What the large picture makes of one head's pattern, or of several: weighed, combined, without position 0, cut. */

/** One head that is read. */
export interface ReadHead {
  readonly layer: number;
  readonly head: number;
  /** [T, T], row = query; undefined while it is not loaded. */
  readonly pattern: Float32Array | undefined;
  /** What each key's weight is multiplied by, [T]: ‖v‖ or ‖v · W_O‖. Null: nothing; undefined: not loaded. */
  readonly norms: Float32Array | null | undefined;
}

export interface ReadingSettings {
  /** The selected head alone, the mean of all that are read, or the largest of them in each cell. */
  readonly combine: 'one' | 'mean' | 'max';
  readonly weigh: 'weight' | 'v' | 'out';
  readonly first: 'show' | 'hide' | 'renormalise';
  /** The strongest cells of each row that are kept, percent. */
  readonly keep: number;
}

export interface ShownPattern {
  /** [T, T], row = query. A row sums to 1, but for what was hidden. */
  readonly values: Float32Array;
  /** Which of the heads each cell is of, by its place in the list; null where they are not told apart. */
  readonly owner: Uint8Array | null;
  /** Share of each row that position 0 had, [T]. */
  readonly position0: Float32Array;
  /** Share of each row that the cut took, [T]. */
  readonly hidden: Float32Array;
}

const PERCENT = 100;

/** The model's own pattern of one head. */
export const PLAIN: ReadingSettings = { combine: 'one', weigh: 'weight', first: 'show', keep: PERCENT };

/** True where the picture is the head's own pattern. */
export function isPlain({ combine, weigh, first, keep }: ReadingSettings): boolean {
  return combine === 'one' && weigh === 'weight' && first === 'show' && keep === PERCENT;
}

/** A head's row, each weight times its key's norm, brought back to a sum of 1. */
function weighRow({ pattern, norms }: ReadHead, T: number, query: number): Float32Array {
  const row = Float32Array.from(pattern!.subarray(query * T, query * T + query + 1));
  if (!norms) return row;
  for (let key = 0; key <= query; key++) row[key] *= norms[key];
  const sum = rowSum(row);
  return sum > 0 ? row.map((value) => value / sum) : row;
}

/** The heads that the picture is made of. */
export function headsUsed(heads: readonly ReadHead[], { combine }: ReadingSettings): readonly ReadHead[] {
  return combine === 'one' ? heads.slice(0, 1) : heads;
}

/** One query's row of each head, weighed, and what the settings combine them to, before anything is left out. */
export function combinedRow(
  used: readonly ReadHead[],
  { combine }: ReadingSettings,
  T: number,
  query: number
): { row: Float32Array; rows: readonly Float32Array[]; owners: Uint8Array | null } {
  const rows = used.map((one) => weighRow(one, T, query));
  const row = new Float32Array(query + 1);
  const owners = combine === 'max' ? new Uint8Array(query + 1) : null;
  for (let key = 0; key <= query; key++) {
    if (combine === 'mean') row[key] = rows.reduce((sum, one) => sum + one[key], 0) / rows.length;
    else {
      const best = rows.reduce((at, one, i) => (one[key] > rows[at][key] ? i : at), 0);
      row[key] = rows[best][key];
      if (owners) owners[key] = best;
    }
  }
  return { row, rows, owners };
}

/** Sum of a row, in float64. */
export const rowSum = (row: Float32Array): number => row.reduce((sum, value) => sum + value, 0);

/** The smallest value that is kept of a row, where `count` are. */
function leastKept(row: Float32Array, count: number): number {
  return [...row].sort((a, b) => b - a)[Math.max(0, count - 1)] ?? 0;
}

/**
 * In this order: each head's weights times the norms, normalised by row; mean or largest of the heads; position 0 left
 * out, or the rest brought back to 1; then the strongest cells of each row.
 *
 * Shapes: as in `ReadHead` and `ShownPattern`.
 * Returns undefined while a pattern or norm that it needs has not arrived.
 */
export function shownPattern(
  heads: readonly ReadHead[],
  settings: ReadingSettings,
  T: number
): ShownPattern | undefined {
  const { combine, first, keep } = settings;
  const used = headsUsed(heads, settings);
  const isHere = ({ pattern, norms }: ReadHead): boolean =>
    pattern?.length === T * T && norms !== undefined && (norms === null || norms.length === T);
  if (used.length === 0 || !used.every(isHere)) return undefined;
  const values = new Float32Array(T * T);
  const owner = combine === 'max' ? new Uint8Array(T * T) : null;
  const position0 = new Float32Array(T);
  const hidden = new Float32Array(T);
  for (let query = 0; query < T; query++) {
    const { row, owners } = combinedRow(used, settings, T, query);
    if (owners) owner?.set(owners, query * T);
    position0[query] = row[0];
    if (first !== 'show') row[0] = 0;
    if (first === 'renormalise') renormalise(row);
    const total = rowSum(row);
    const least = leastKept(row, Math.ceil(((query + 1) * keep) / PERCENT));
    let cut = 0;
    for (let key = 0; key <= query; key++) {
      if (row[key] >= least) values[query * T + key] = row[key];
      else cut += row[key];
    }
    hidden[query] = total > 0 ? cut / total : 0;
  }
  return { values, owner, position0, hidden };
}

function renormalise(row: Float32Array): void {
  const rest = rowSum(row);
  if (rest > 0) row.forEach((value, key) => (row[key] = value / rest));
}

/** Mean of a share over the queries that have something to choose: all but the first. */
export function meanShare(shares: Float32Array): number {
  const rest = shares.subarray(1);
  return rest.length === 0 ? (shares[0] ?? 0) : rest.reduce((sum, share) => sum + share, 0) / rest.length;
}
