import { rgb } from 'd3';

/**
 * Oklab: a colour space in which equal steps look equal and a ramp keeps its hue (Lab bends blue towards violet).
 *
 * Source: Björn Ottosson (2020), "A perceptual color space for image processing"; the matrices are his.
 */
export interface Oklab {
  /** Lightness, 0 (black) to 1 (white). */
  l: number;
  /** Green to red. */
  a: number;
  /** Blue to yellow. */
  b: number;
}

const BYTE = 255;

/** sRGB's transfer curve, channel in 0..1 → light in 0..1 (IEC 61966-2-1). */
export function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function gamma(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

function toByte(light: number): number {
  return Math.round(BYTE * gamma(Math.min(1, Math.max(0, light))));
}

/** Any CSS colour that d3-color reads → Oklab. */
export function toOklab(color: string): Oklab {
  const { r, g, b } = rgb(color);
  const [red, green, blue] = [linear(r / BYTE), linear(g / BYTE), linear(b / BYTE)];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  };
}

/** Oklab → the nearest sRGB colour as #rrggbb; what lies outside the screen's gamut is clipped by channel. */
export function fromOklab({ l: lightness, a, b }: Oklab): string {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s;
  return rgb(toByte(red), toByte(green), toByte(blue)).formatHex();
}

/** Mixes two colours along a straight line in Oklab. @param t 0 → `from`, 1 → `to`. */
export function mix(from: string, to: string, t: number): string {
  const [start, end] = [toOklab(from), toOklab(to)];
  const between = (first: number, last: number) => first + (last - first) * t;
  return fromOklab({
    l: between(start.l, end.l),
    a: between(start.a, end.a),
    b: between(start.b, end.b)
  });
}
