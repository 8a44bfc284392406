/** Bars of a few components, one panel above the other, on one scale from −extent to extent. */
export interface ZoomBar {
  component: number;
  value: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface ZoomPanel {
  /** Where 0 is, px from the top. */
  zero: number;
  bars: ZoomBar[];
}

/** Height of one panel and the space between two, px. */
export const PANEL = { height: 56, gap: 12 } as const;
/** Share of a column that its bar fills. */
const BAR_SHARE = 0.72;

/** The largest finite |x| of the window in any of the vectors; 0 if there is none. */
export function windowExtent(vectors: readonly Float32Array[], from: number, to: number): number {
  let largest = 0;
  for (const vector of vectors) {
    for (let i = from; i < to; i++)
      if (Number.isFinite(vector[i])) largest = Math.max(largest, Math.abs(vector[i]));
  }
  return largest;
}

/**
 * Places the bars of components from (included) to `to` (not included). Units: px.
 * A value that is not finite gets a bar of no height.
 */
export function layoutZoom(
  vectors: readonly Float32Array[],
  from: number,
  to: number,
  width: number
): ZoomPanel[] {
  const extent = windowExtent(vectors, from, to) || 1;
  const column = width / (to - from);
  const half = PANEL.height / 2;
  return vectors.map((vector, index) => {
    const zero = index * (PANEL.height + PANEL.gap) + half;
    const bars = Array.from({ length: to - from }, (_, offset): ZoomBar => {
      const component = from + offset;
      const value = vector[component];
      const height = Number.isFinite(value) ? (Math.abs(value) / extent) * half : 0;
      return {
        component,
        value,
        x: (offset + (1 - BAR_SHARE) / 2) * column,
        y: value > 0 ? zero - height : zero,
        width: column * BAR_SHARE,
        height
      };
    });
    return { zero, bars };
  });
}
