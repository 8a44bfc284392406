import { tickLabel } from '../common/format';

/** One tick of an axis. */
export interface AxisTick {
  readonly value: number;
  /** Px along the axis. */
  readonly at: number;
  readonly label: string;
}

/** What an axis needs of a d3 scale. */
export interface AxisScale {
  (value: number): number;
  ticks(count?: number): number[];
}

/** Round values along a d3 scale, with their places and short labels. About `count` of them. */
export function axisTicks(scale: AxisScale, count: number, label = tickLabel): AxisTick[] {
  return ticksAt(scale.ticks(count), scale, label);
}

/** Chosen values along a scale, with their places and short labels. */
export function ticksAt(
  values: readonly number[],
  place: (value: number) => number,
  label = tickLabel
): AxisTick[] {
  return values.map((value) => ({ value, at: place(value), label: label(value) }));
}
