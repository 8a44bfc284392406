import { scaleLinear, scaleLog, scaleSqrt } from 'd3';
import { ticksAt, type AxisTick } from '../common/axis';
import { depthTick } from '../common/depth';

/** A point of the line; value in the unit of its chart. */
export interface TrackPoint {
  readonly depth: number;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

export interface TrackLayout {
  readonly points: TrackPoint[];
  /** SVG path through the points that are there; a gap where one is missing. */
  readonly path: string;
  readonly xTicks: AxisTick[];
  readonly yTicks: AxisTick[];
}

/** Size and margins of one chart, px. */
export const TRACK_FRAME = { width: 264, height: 112, left: 46, right: 8, top: 10, bottom: 20 };

/** Depth labels closer than this would touch, px. */
const TICK_SPACE = 18;

/**
 * Places a value by depth: probability on a square root scale with 0 at the bottom, or rank on a log scale
 * with 1 at the top.
 *
 * Shapes: values [n_layer / depthStep + 1], undefined or NaN where not known.
 * Units:  x, y in px; greatest: vocab_size for rank; depthStep: depths from one value to the next.
 */
export function layoutTrack(
  values: readonly (number | undefined)[],
  kind: 'probability' | 'rank',
  greatest: number,
  depthStep = 1
): TrackLayout {
  const { width, height, left, right, top, bottom } = TRACK_FRAME;
  const n_layer = (values.length - 1) * depthStep;
  const x = scaleLinear([0, Math.max(1, n_layer)], [left, width - right]);
  const range: [number, number] = [height - bottom, top];
  const y =
    kind === 'rank' ? scaleLog([Math.max(2, greatest), 1], range) : scaleSqrt([0, 1], range).clamp(true);
  const points = values.flatMap((value, i) => {
    const depth = i * depthStep;
    return value === undefined || Number.isNaN(value) ? [] : [{ depth, value, x: x(depth), y: y(value) }];
  });
  const step = Math.ceil((TICK_SPACE * Math.max(1, n_layer)) / (width - left - right));
  return {
    points,
    path: linePath(points, depthStep),
    xTicks: Array.from({ length: n_layer + 1 }, (_, depth) => depth).flatMap((depth) =>
      depth === n_layer || (depth % step === 0 && n_layer - depth >= step)
        ? [{ value: depth, at: x(depth), label: depthTick(depth) }]
        : []
    ),
    yTicks: ticksAt(yTickValues(kind, greatest), y)
  };
}

function yTickValues(kind: 'probability' | 'rank', greatest: number): number[] {
  if (kind === 'probability') return [0, 0.1, 0.5, 1];
  const decades = Math.floor(Math.log10(greatest));
  return Array.from({ length: decades + 1 }, (_, power) => 10 ** power).filter((_, i) => i % 2 === 0);
}

function linePath(points: TrackPoint[], depthStep: number): string {
  return points
    .map(({ depth, x, y }, i) => `${i > 0 && points[i - 1].depth === depth - depthStep ? 'L' : 'M'}${x},${y}`)
    .join('');
}
