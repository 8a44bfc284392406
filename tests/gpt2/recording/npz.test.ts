import { unzipSync, zipSync } from 'fflate';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNpz, writeNpz, type NpyArray } from '../../../src/lib/gpt2/recording/npz.ts';

const two: NpyArray = { dtype: 'float32', shape: [2], data: Float32Array.of(1, -Infinity) };

describe('writeNpz(arrays)', () => {
  it('writes the .npy header that numpy writes, 128 bytes before the data', () => {
    const entry = unzipSync(writeNpz({ two }))['two.npy'];
    // By hand: 10 bytes of preamble and 58 of dict do not fit in 64 with the newline, so the header ends at 128: 118 = 0x76.
    expect([...entry.subarray(0, 10)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 0x76, 0]);
    const header = new TextDecoder().decode(entry.subarray(10, 128));
    expect(header).toBe(`{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }`.padEnd(117) + '\n');
    // By hand: float32 1 is 0x3f800000 and -Infinity 0xff800000, low byte first.
    expect([...entry.subarray(128)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0x80, 0xff]);
  });

  it('writes a scalar shape as () and keeps full names as file names', () => {
    const zip = unzipSync(
      writeNpz({ 'blocks.0.attn.hook_q': { dtype: 'int32', shape: [], data: Int32Array.of(7) } })
    );
    const entry = zip['blocks.0.attn.hook_q.npy'];
    expect(new TextDecoder().decode(entry.subarray(10, 128))).toContain("'shape': ()");
  });

  it('gives the same bytes for the same arrays', () => {
    expect(writeNpz({ two })).toEqual(writeNpz({ two }));
  });

  it('refuses a shape that does not hold the data', () => {
    expect(() => writeNpz({ two: { ...two, shape: [3] } })).toThrow(
      'two must hold 3 values for shape [3], got 2'
    );
  });
});

describe('readNpz(bytes)', () => {
  it('reads back every dtype, shape and value, -Infinity and NaN kept', () => {
    const arrays: Record<string, NpyArray> = {
      f4: { dtype: 'float32', shape: [2, 2], data: Float32Array.of(0.1, NaN, Infinity, -Infinity) },
      f8: { dtype: 'float64', shape: [1, 2], data: Float64Array.of(Math.PI, -0) },
      i4: { dtype: 'int32', shape: [3], data: Int32Array.of(-1, 0, 50256) },
      i8: { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n ** 40n) },
      empty: { dtype: 'float32', shape: [0, 5], data: new Float32Array(0) }
    };
    expect(readNpz(writeNpz(arrays))).toEqual(arrays);
  });

  it('reads a compressed file written by numpy', () => {
    const fixture = readNpz(readFileSync('tests/fixtures/reference/one-token.tl.npz'));
    expect(fixture.input_ids).toEqual({ dtype: 'int32', shape: [1], data: Int32Array.of(7454) }); // "Once"
    expect(fixture['blocks.0.attn.hook_pattern'].shape).toEqual([12, 1, 1]);
    expect([...fixture['blocks.0.attn.hook_pattern'].data]).toEqual(Array(12).fill(1));
  });

  it('names the entry that is no array, or of a dtype it does not know, or cut short', () => {
    const npz = (content: Uint8Array) => zipSync({ 'bad.npy': content });
    const good = unzipSync(writeNpz({ two }))['two.npy'];
    const half = new TextEncoder().encode(
      new TextDecoder('latin1').decode(good.subarray(10)).replace('<f4', '>f4')
    );
    expect(() => readNpz(npz(new Uint8Array(3)))).toThrow('bad.npy must be a .npy array');
    expect(() => readNpz(npz(Uint8Array.of(...good.subarray(0, 10), ...half)))).toThrow(
      'bad.npy must be little-endian'
    );
    expect(() => readNpz(npz(good.subarray(0, -1)))).toThrow('bad.npy must hold 2 values');
  });
});
