/** Draws many cells as pixels: small maps, and large maps with too many cells for one SVG element each. */
import { rgb } from 'd3-color';
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
  /** Side of the square, in pixels. */
  readonly side: number;
  /** How many tokens share a pixel, in each direction. */
  readonly block: number;
  /** [side, side, 4]; transparent where nothing is drawn. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** The value of largest size in a block of cells; NaN if one is NaN, null if none is drawn. */
function pooled(
  values: ArrayLike<number>,
  T: number,
  y: number,
  x: number,
  block: number,
  causal: boolean
): number | null {
  let largest: number | null = null;
  for (let query = y * block; query < Math.min(T, (y + 1) * block); query++) {
    const end = Math.min(causal ? query + 1 : T, (x + 1) * block);
    for (let key = x * block; key < end; key++) {
      const value = values[query * T + key];
      if (Number.isNaN(value)) return value;
      if (largest === null || Math.abs(value) > Math.abs(largest)) largest = value;
    }
  }
  return largest;
}

/**
 * One pixel a cell, or a block of cells a pixel where T is over the limit.
 * A block shows its value of largest size, so that one strong link is never averaged away.
 *
 * Shapes: values [T, T] row-major → rgba [side, side, 4], side = ⌈T / block⌉.
 */
export function rasterise(
  values: ArrayLike<number>,
  T: number,
  table: ColorTable,
  options: { causal: boolean; mostPixels: number }
): Raster {
  const block = Math.max(1, Math.ceil(T / options.mostPixels));
  const side = Math.ceil(T / block);
  const rgba = new Uint8ClampedArray(side * side * CHANNELS);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const value = pooled(values, T, y, x, block, options.causal);
      if (value === null) continue;
      const at = table.index(value) * CHANNELS;
      const colour = Number.isNaN(value) ? table.nan : table.steps.subarray(at, at + CHANNELS);
      rgba.set(colour, (y * side + x) * CHANNELS);
    }
  }
  return { side, block, rgba };
}

/** Attachment that puts a raster on its canvas; CSS scales it up without smoothing. */
export function paint(raster: Raster | undefined): (canvas: HTMLCanvasElement) => void {
  return (canvas) => {
    const context = canvas.getContext('2d');
    if (!context || !raster) return;
    canvas.width = raster.side;
    canvas.height = raster.side;
    context.putImageData(new ImageData(raster.rgba, raster.side), 0, 0);
  };
}
