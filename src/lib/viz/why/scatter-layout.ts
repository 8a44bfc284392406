/** One point of a scatter plot. */
export interface ScatterPoint {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

export interface PlacedPoint extends ScatterPoint {
  /** px from the left and from the top. */
  readonly left: number;
  readonly top: number;
}

export interface ScatterLayout {
  readonly points: readonly PlacedPoint[];
  readonly place: (x: number, y: number) => { left: number; top: number };
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
}

const MARGIN = 0.05; // of each range, on both sides

/**
 * Places points in a square; both ranges hold 0, so that the axes can be drawn where they cross.
 *
 * Units: size, left, top in px; points that are not finite are left out.
 */
export function layoutScatter(points: readonly ScatterPoint[], size: number): ScatterLayout {
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const xRange = rangeOf(finite.map(({ x }) => x));
  const yRange = rangeOf(finite.map(({ y }) => y));
  const place = (x: number, y: number) => ({
    left: (size * (x - xRange[0])) / (xRange[1] - xRange[0]),
    top: size - (size * (y - yRange[0])) / (yRange[1] - yRange[0])
  });
  return { points: finite.map((point) => ({ ...point, ...place(point.x, point.y) })), place, xRange, yRange };
}

function rangeOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const margin = (high - low || 1) * MARGIN;
  return [low - margin, high + margin];
}
