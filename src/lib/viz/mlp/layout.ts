/** The GELU curve with every neuron on it, and a histogram of pre on the same axis. */
import { scaleLinear } from 'd3';
import type { ChartFrame } from '../marks';

/** Both axes of the picture; units of pre and post. */
export interface GeluDomain {
  pre: [number, number];
  post: [number, number];
}

type Scales = Pick<ChartFrame, 'x' | 'y'>;

const LEAST_REACH = 3; // the bend of GELU lies within ±3, so it is always in view
const FLOOR_SHARE = 0.08; // of the height, left under zero for GELU's dip to −0.170
const TICKS_X = 8;
const TICKS_Y = 5;

function finiteRange(values: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}

/** Axes wide enough for every neuron and for the bend of the curve, at round numbers. */
export function geluDomain(pre: ArrayLike<number>, post: ArrayLike<number>): GeluDomain {
  const [lowPre, highPre] = finiteRange(pre);
  const [lowPost, highPost] = finiteRange(post);
  const reach = [Math.min(-LEAST_REACH, lowPre), Math.max(LEAST_REACH, highPre)];
  const nice = scaleLinear().domain(reach).nice(TICKS_X).domain();
  const height = scaleLinear()
    .domain([0, Math.max(LEAST_REACH, highPost)])
    .nice(TICKS_Y)
    .domain();
  return { pre: [nice[0], nice[1]], post: [Math.min(-FLOOR_SHARE * height[1], lowPost), height[1]] };
}

/** The curve as an SVG path of `points` straight pieces. */
export function curvePath(
  axes: Scales,
  domain: GeluDomain,
  curve: (x: number) => number,
  points: number
): string {
  const [low, high] = domain.pre;
  const steps = Array.from({ length: points + 1 }, (_, i) => low + ((high - low) * i) / points);
  return 'M' + steps.map((pre) => `${axes.x(pre).toFixed(2)},${axes.y(curve(pre)).toFixed(2)}`).join('L');
}

/** The neuron nearest to a point in px, or null if none is within `reach` px. */
export function neuronAt(
  point: { x: number; y: number },
  neurons: { pre: ArrayLike<number>; post: ArrayLike<number> },
  axes: Scales,
  reach: number
): number | null {
  let nearest: number | null = null;
  let least = reach;
  for (let i = 0; i < neurons.pre.length; i++) {
    const distance = Math.hypot(axes.x(neurons.pre[i]) - point.x, axes.y(neurons.post[i]) - point.y);
    if (distance <= least && (nearest === null || distance < least)) {
      nearest = i;
      least = distance;
    }
  }
  return nearest;
}
