/** A few components of several vectors, one panel above the other: height of one, and the space between two, px. */
export const PANEL = { height: 56, gap: 12 } as const;
/** The largest finite |x| of the window in any of the vectors; 0 if there is none. */
export function windowExtent(vectors: readonly Float32Array[], from: number, to: number): number {
  let largest = 0;
  for (const vector of vectors) {
    for (let i = from; i < to; i++)
      if (Number.isFinite(vector[i])) largest = Math.max(largest, Math.abs(vector[i]));
  }
  return largest;
}
