/** Draws many cells as pixels: small maps, and large maps with too many cells for one SVG element each. */
import { rgb } from 'd3';
import type { ColorScale } from '../color';

/** The part of a colour scale that a raster needs. */
type Colours = Pick<ColorScale, 'color'>;

/** A scale, sampled, so that a million cells cost a million look-ups and not a million colour strings. */
export interface ColorTable {
  /** RGBA of each step. */
  readonly steps: Uint8ClampedArray;
  readonly nan: readonly number[];
  index(value: number): number;
}

const STEPS = 256; // what 8 bits a channel can show of one ramp
const CHANNELS = 4;
/** Pixels are put once and never drawn upon: a context on the GPU would take milliseconds to make, for each of 144 maps. */
const PLAIN_MEMORY: CanvasRenderingContext2DSettings = { willReadFrequently: true };
const OPAQUE = 255;

const channels = (css: string): number[] => {
  const { r, g, b } = rgb(css);
  return [r, g, b, OPAQUE];
};

function sample(
  scale: Colours,
  valueAt: (t: number) => number,
  place: (value: number) => number
): ColorTable {
  const steps = new Uint8ClampedArray(STEPS * CHANNELS);
  for (let i = 0; i < STEPS; i++) steps.set(channels(scale.color(valueAt(i / (STEPS - 1)))), i * CHANNELS);
  const index = (value: number): number => Math.round(Math.max(0, Math.min(1, place(value))) * (STEPS - 1));
  return { steps, nan: channels(scale.color(NaN)), index };
}

/** Samples a scale on [0, 1], evenly in the square root, as probabilityScale runs. */
export function probabilityTable(scale: Colours): ColorTable {
  return sample(
    scale,
    (t) => t * t,
    (p) => Math.sqrt(p)
  );
}

/** Samples a diverging scale on [−extent, extent]; values beyond are clipped. */
export function signedTable(scale: Colours, extent: number): ColorTable {
  const half = extent || 1;
  return sample(
    scale,
    (t) => (2 * t - 1) * half,
    (value) => (value / half + 1) / 2
  );
}

export interface Raster {
  /** Side of the square, in pixels: one a cell. */
  readonly side: number;
  /** [side, side, 4]; transparent where nothing is drawn. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/**
 * One pixel a cell, of `tableAt` where it is given; with `causal`, none where the key comes after the query.
 *
 * Shapes: values [T, T] row-major → rgba [T, T, 4].
 */
export function rasterise(
  values: ArrayLike<number>,
  T: number,
  table: ColorTable,
  causal: boolean,
  tableAt: ((index: number) => ColorTable) | null = null
): Raster {
  const { steps, nan, index } = table;
  const rgba = new Uint8ClampedArray(T * T * CHANNELS);
  const pixels = new Uint32Array(rgba.buffer); // a colour at once: four times fewer writes
  const colours = new Uint32Array(Uint8ClampedArray.from(steps).buffer);
  const [nanColour] = new Uint32Array(Uint8ClampedArray.from(nan).buffer);
  for (let query = 0; query < T; query++) {
    const row = query * T;
    const end = causal ? query + 1 : T;
    for (let key = 0; key < end; key++) {
      const value = values[row + key];
      const own = tableAt?.(row + key) ?? table;
      if (own !== table && !Number.isNaN(value)) {
        rgba.set(
          own.steps.subarray(CHANNELS * own.index(value), CHANNELS * (own.index(value) + 1)),
          CHANNELS * (row + key)
        );
      } else pixels[row + key] = Number.isNaN(value) ? nanColour : colours[index(value)];
    }
  }
  return { side: T, rgba };
}

/** A square of values, [side, side] row-major, of which each may stand for several cells. */
export interface Square {
  readonly values: ArrayLike<number>;
  readonly side: number;
}

/**
 * The largest value of every block × block cells, by size: what a screen with fewer pixels than cells can show without
 * losing a strong cell. Cells above the diagonal are passed over where the mask hides them.
 *
 * Shapes: values [T, T] row-major → [⌈T / block⌉, ⌈T / block⌉]; NaN wins, as it must be seen.
 */
export function poolSquare(values: ArrayLike<number>, T: number, block: number, causal: boolean): Square {
  if (block <= 1) return { values, side: T };
  const side = Math.ceil(T / block);
  const pooled = new Float32Array(side * side);
  for (let query = 0; query < T; query++) {
    const row = Math.floor(query / block) * side;
    const end = causal ? query + 1 : T;
    for (let key = 0; key < end; key++) {
      const at = row + Math.floor(key / block);
      const value = values[query * T + key];
      if (Number.isNaN(value) || Math.abs(value) > Math.abs(pooled[at])) pooled[at] = value;
    }
  }
  return { values: pooled, side };
}

/** Attachment that puts a raster on its canvas; CSS scales it up without smoothing. */
export function paint(raster: Raster | undefined): (canvas: HTMLCanvasElement) => void {
  return (canvas) => {
    const context = canvas.getContext('2d', PLAIN_MEMORY);
    if (!context || !raster) return;
    canvas.width = raster.side;
    canvas.height = raster.side;
    context.putImageData(new ImageData(raster.rgba, raster.side), 0, 0);
  };
}
