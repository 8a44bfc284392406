import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { convertWeights } from '../../../scripts/model/convert.ts';
import { distance } from '../../../scripts/model/measure.ts';
import { narrow, type NarrowDtype } from '../../../src/lib/gpt2/checkpoint/narrow.ts';
import { parseSafetensors } from '../../../src/lib/gpt2/checkpoint/safetensors.ts';
import { encodeFloats, makeSafetensors } from '../../gpt2/make-safetensors.ts';
import { folderTensors } from '../../models/tiny-folder.ts';

/** Made by scripts/fixtures/make_narrow_fixture.py with PyTorch. */
const fixture = JSON.parse(readFileSync('tests/fixtures/narrow.json', 'utf8')) as {
  bits: { F32: number[]; F16: (number | null)[]; BF16: (number | null)[] };
  float64: { F64: number[]; F16: (number | null)[]; BF16: (number | null)[] };
  nano: { sha256: Record<string, string> };
};
const folder = mkdtempSync(join(tmpdir(), 'narrow-'));
afterAll(() => rmSync(folder, { recursive: true }));

function converted(bytes: Uint8Array, dtype: NarrowDtype): Uint8Array {
  const path = join(folder, 'model.safetensors');
  writeFileSync(path, bytes);
  const chunks: Uint8Array[] = [];
  convertWeights([path], dtype, (chunk) => chunks.push(chunk.slice()));
  return Buffer.concat(chunks);
}

describe('narrow(dtype, values, out)', () => {
  it.each(['F16', 'BF16'] as const)(
    "gives PyTorch's bits, and the first value that overflows: %s",
    (dtype) => {
      const values = new Float32Array(Uint32Array.from(fixture.bits.F32).buffer);
      const out = new Uint16Array(1);
      fixture.bits[dtype].forEach((expected, i) => {
        const overflow = narrow(dtype, values.subarray(i, i + 1), out);
        expect([fixture.bits.F32[i], overflow === -1 ? out[0] : null]).toEqual([
          fixture.bits.F32[i],
          expected
        ]);
      });
    }
  );
});

describe('convertWeights(paths, dtype, write)', () => {
  it("gives each tensor of a whole checkpoint as PyTorch's bfloat16 has it", () => {
    const views = parseSafetensors(
      converted(readFileSync('static/models/gpt2-nano/model.safetensors'), 'BF16')
    );
    const hashes = [...views.values()].map(({ name, bytes }) => [
      name,
      createHash('sha256').update(bytes).digest('hex')
    ]);
    expect(Object.fromEntries(hashes)).toEqual(fixture.nano.sha256);
  });

  it('leaves the masks out, and pads the header as safetensors does', () => {
    const bytes = converted(makeSafetensors(folderTensors({ masks: true })), 'F16');
    const views = parseSafetensors(bytes);
    expect([...views.keys()].sort()).toEqual([...folderTensors().keys()].sort());
    expect(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true) % 8n).toBe(0n);
    const [name, { shape }] = [...folderTensors()][0];
    expect(views.get(name)).toMatchObject({ dtype: 'F16', shape });
  });

  it.each(['F16', 'BF16'] as const)("gives PyTorch's bits for float64 values: %s", (dtype) => {
    const kept = fixture.float64.F64.flatMap((value, i) => {
      const bits = fixture.float64[dtype][i];
      return bits === null ? [] : [{ value, bits }];
    });
    const values = Float64Array.from(kept, ({ value }) => value);
    const shape = [values.length];
    const bytes = makeSafetensors([
      ['ln_f.weight', { dtype: 'F64', shape, bytes: new Uint8Array(values.buffer) }]
    ]);
    const narrowed = parseSafetensors(converted(bytes, dtype)).get('ln_f.weight')!.bytes;
    expect([...new Uint16Array(Uint8Array.from(narrowed).buffer)]).toEqual(kept.map(({ bits }) => bits));
    const over = makeSafetensors([
      ['ln_f.weight', { dtype: 'F64', shape: [1], bytes: new Uint8Array(Float64Array.of(3.4e38).buffer) }]
    ]);
    expect(() => converted(over, dtype)).toThrow(`to be converted to ${dtype}, got 3.3999999521443642e+38`);
  });

  it('refuses a value that would become infinite, by name', () => {
    const tensors = folderTensors();
    const values = new Float32Array(8);
    values[3] = -65_520;
    tensors.set('ln_f.bias', { dtype: 'F32', shape: [8], bytes: encodeFloats([...values], 'F32') });
    const bytes = makeSafetensors(tensors);
    expect(() => converted(bytes, 'F16')).toThrow(
      'model: values of ln_f.bias must be at most 65504 to be converted to F16, got -65520. Pass --dtype BF16'
    );
    expect(() => converted(bytes, 'BF16')).not.toThrow();
  });
});

describe('distance(before, after)', () => {
  it('by hand: the largest and the middle difference, and rows with another best entry', () => {
    const before = { vocabSize: 3, texts: [Float32Array.of(1, 2, 3, 6, 5, 4), Float32Array.of(0, 0, 1)] };
    const after = {
      vocabSize: 3,
      texts: [Float32Array.of(1, 2.5, 3, 5, 5.5, 4), Float32Array.of(0.25, 0, 1)]
    };
    // differences: 0, 0.5, 0, 1, 0.5, 0, 0.25, 0, 0; the second row's best moves from its first to its second entry
    expect(distance(before, after)).toEqual({ texts: 2, positions: 3, largest: 1, median: 0, changed: 1 });
  });
});
