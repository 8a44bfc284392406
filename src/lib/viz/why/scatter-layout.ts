/** One point of a scatter plot. */
export interface ScatterPoint {
  readonly key: string;
  readonly x: number;
  readonly y: number;
}

const MARGIN = 0.05; // of each range, on both sides

/** Those that have a place: a point that is not finite is left out. */
export const finitePoints = (points: readonly ScatterPoint[]): ScatterPoint[] =>
  points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));

/** A range that holds every value and 0, so that the axes can be drawn where they cross. */
export function rangeWithZero(values: readonly number[]): [number, number] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const margin = (high - low || 1) * MARGIN;
  return [low - margin, high + margin];
}
