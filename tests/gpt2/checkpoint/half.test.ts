import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../../src/lib/gpt2/errors.ts';
import {
  areFiniteFloat16,
  bfloat16ToFloat32,
  float16ToFloat32
} from '../../../src/lib/gpt2/checkpoint/half.ts';

const ALL = Uint16Array.from({ length: 65_536 }, (_, i) => i);

/** The value of a float with `exponentBits` and `fractionBits`, by the definition in IEEE 754. */
function byDefinition(bits: number, exponentBits: number, fractionBits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const largest = 2 ** exponentBits - 1;
  const exponent = Math.floor(bits / 2 ** fractionBits) % 2 ** exponentBits;
  const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits;
  const bias = 2 ** (exponentBits - 1) - 1;
  if (exponent === largest) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

function firstDifference(actual: Float32Array, expected: (bits: number) => number): number {
  return ALL.findIndex((bits) => !Object.is(actual[bits], expected(bits)));
}

describe('float16ToFloat32(bits, out?)', () => {
  it('gives the value that IEEE 754 defines, for all 65,536 patterns', () => {
    expect(firstDifference(float16ToFloat32(ALL), (bits) => byDefinition(bits, 5, 10))).toBe(-1);
  });

  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 / 2 ** 24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65_504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, NaN]
  ])('reads pattern %i as %s', (bits, value) => {
    expect(float16ToFloat32(Uint16Array.of(bits))[0]).toBe(value);
  });

  it('fills the given array and returns it', () => {
    const out = new Float32Array(2);
    expect(float16ToFloat32(Uint16Array.of(0x3c00, 0x4000), out)).toBe(out);
    expect([...out]).toEqual([1, 2]);
  });

  it('refuses an out of another length', () => {
    const run = () => float16ToFloat32(Uint16Array.of(1, 2), new Float32Array(3));
    expect(run).toThrow(ShapeError);
    expect(run).toThrow('float16ToFloat32: out must be as long as bits (2), got 3.');
  });
});

describe('areFiniteFloat16(bits)', () => {
  it('tells infinities and NaN from all other patterns, in either half of a word and alone', () => {
    for (const bits of ALL) {
      const isFinite = Number.isFinite(float16ToFloat32(Uint16Array.of(bits))[0]);
      const places = [[bits], [bits, 0x3c00], [0x3c00, bits], [0xfbff, 0xfbff, bits]];
      for (const place of places) {
        if (areFiniteFloat16(Uint16Array.from(place)) !== isFinite) expect.fail(`0x${bits.toString(16)}`);
      }
    }
  });

  it('looks at bits that do not begin at a whole word', () => {
    const bits = Uint16Array.of(0x7c00, 0x3c00, 0x3c00, 0x7c00);
    expect(areFiniteFloat16(bits.subarray(1, 3))).toBe(true);
    expect(areFiniteFloat16(bits.subarray(1))).toBe(false);
  });
});

describe('bfloat16ToFloat32(bits, out?)', () => {
  it('gives the value that its definition gives, for all 65,536 patterns', () => {
    expect(firstDifference(bfloat16ToFloat32(ALL), (bits) => byDefinition(bits, 8, 7))).toBe(-1);
  });

  it.each([
    [0x3f80, 1],
    [0xc020, -2.5],
    [0x4049, 3.140625],
    [0x0001, 2 ** -133],
    [0x8000, -0],
    [0xff80, -Infinity],
    [0x7fc0, NaN]
  ])('reads pattern %i as %s', (bits, value) => {
    expect(bfloat16ToFloat32(Uint16Array.of(bits))[0]).toBe(value);
  });

  it('writes at the place of an out that is part of a larger array', () => {
    const whole = new Float32Array(4);
    bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xbf80), whole.subarray(1, 3));
    expect([...whole]).toEqual([0, 1, -1, 0]);
  });

  it('refuses an out of another length', () => {
    expect(() => bfloat16ToFloat32(Uint16Array.of(1), new Float32Array(0))).toThrow(ShapeError);
  });
});
