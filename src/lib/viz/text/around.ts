const AROUND = 4; // tokens before the key and the query, and after the key where the two stand apart
const AFTER_QUERY = 2;
const TOGETHER = 24; // positions between key and query up to which all of them are shown

/** A stretch of a row. */
export interface Stretch {
  readonly first: number;
  readonly ids: readonly number[];
}

/** The tokens around a key and its query: one stretch, or two where they are far apart. */
export function around(ids: readonly number[], query: number, key: number): Stretch[] {
  const stretch = (from: number, end: number): Stretch => {
    const first = Math.max(0, from);
    return { first, ids: ids.slice(first, Math.min(ids.length, end)) };
  };
  const end = query + AFTER_QUERY + 1;
  if (query - key <= TOGETHER) return [stretch(key - AROUND, end)];
  return [stretch(key - AROUND, key + AROUND + 1), stretch(query - AROUND, end)];
}
