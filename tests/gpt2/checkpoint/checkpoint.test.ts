import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchTensors, readCheckpoint } from '../../../src/lib/gpt2/checkpoint/checkpoint.ts';
import { WeightsError } from '../../../src/lib/gpt2/errors.ts';
import {
  encodeFloats,
  makeSafetensors,
  maskBuffers,
  TINY,
  TINY_SHAPES,
  tinyTensors,
  tinyValues,
  type TestTensor
} from '../make-safetensors.ts';

/** The message of readCheckpoint for a tiny checkpoint with some tensors changed, or left out (null). */
function messageWith(changes: Record<string, TestTensor | null>): string {
  const tensors = tinyTensors();
  for (const [name, tensor] of Object.entries(changes)) {
    if (tensor) tensors.set(name, tensor);
    else tensors.delete(name);
  }
  try {
    readCheckpoint(TINY, makeSafetensors(tensors));
  } catch (error) {
    expect(error).toBeInstanceOf(WeightsError);
    return (error as Error).message;
  }
  throw new Error('readCheckpoint took it');
}

function float32(shape: number[], values: number[]): TestTensor {
  return { dtype: 'F32', shape, bytes: encodeFloats(values, 'F32') };
}

function zeros(...shape: number[]): TestTensor {
  return float32(shape, Array<number>(shape.reduce((a, b) => a * b, 1)).fill(0));
}

describe('readCheckpoint(config, bytes)', () => {
  const dtypes = ['F32', 'F16', 'BF16'] as const;
  const spellings = ['', 'transformer.'];
  const cases = dtypes.flatMap((dtype) => spellings.map((prefix) => ({ dtype, prefix })));

  it.each(cases)('reads $dtype with the prefix "$prefix" and with mask buffers', ({ dtype, prefix }) => {
    const file = makeSafetensors([...maskBuffers(prefix), ...tinyTensors(dtype, prefix)]);
    const weights = readCheckpoint(TINY, file);
    expect([...weights].map(([name, { shape }]) => [name, shape])).toEqual([...TINY_SHAPES]);
    [...weights.values()].forEach(({ values }, place) => {
      expect([...values]).toEqual(tinyValues(place, values.length));
    });
  });

  it('reads a file that lies at an odd place of a larger buffer', () => {
    const file = makeSafetensors(tinyTensors('F16'));
    const shifted = new Uint8Array(file.length + 1);
    shifted.set(file, 1);
    expect(readCheckpoint(TINY, shifted.subarray(1))).toEqual(readCheckpoint(TINY, file));
  });

  it('keeps nothing of the file', () => {
    const file = makeSafetensors(tinyTensors());
    const { values } = readCheckpoint(TINY, file).get('wte.weight')!;
    file.fill(0xff);
    expect([...values]).toEqual(tinyValues(0, 20));
  });

  it('takes an lm_head.weight that is wte.weight, and leaves it out', () => {
    const tensors = tinyTensors('F32', 'transformer.');
    tensors.set('lm_head.weight', {
      dtype: 'F16',
      shape: [5, 4],
      bytes: encodeFloats(tinyValues(0, 20), 'F16')
    });
    expect(readCheckpoint(TINY, makeSafetensors(tensors)).has('lm_head.weight')).toBe(false);
  });

  it('refuses an lm_head.weight of its own, naming the first value that differs', () => {
    const values = tinyValues(0, 20);
    const embedded = values[6];
    values[6] = 3;
    expect(messageWith({ 'lm_head.weight': float32([5, 4], values) })).toBe(
      `readCheckpoint: lm_head.weight[1, 2] must be wte.weight[1, 2] = ${embedded}, got 3. ` +
        'The output weights are not tied to the embedding; this model cannot be shown.'
    );
    expect(messageWith({ 'lm_head.weight': zeros(4, 4) })).toContain(
      'lm_head.weight must be of shape [5, 4]'
    );
  });

  it('names a missing tensor', () => {
    expect(messageWith({ 'h.1.ln_2.bias': null })).toContain(
      'readCheckpoint: h.1.ln_2.bias must be in the file, got nothing. The file has no such tensor'
    );
  });

  it('names a tensor that GPT-2 does not have', () => {
    expect(messageWith({ 'score.weight': zeros(2, 4) })).toBe(
      'readCheckpoint: score.weight must be left out, got a tensor that this GPT-2 does not have. ' +
        'Use the config.json and model.safetensors of one model.'
    );
    expect(messageWith({ 'h.2.ln_1.bias': zeros(4) })).toContain('h.2.ln_1.bias must be left out');
    expect(messageWith({ 'h.0.attn.c_attn.lora': zeros(4) })).toContain(
      'h.0.attn.c_attn.lora must be left out'
    );
  });

  it('names a tensor that is there in both spellings', () => {
    expect(messageWith({ 'transformer.ln_f.bias': zeros(4) })).toContain(
      'ln_f.bias must be in the file once, got two of it, with and without "transformer.". Save the checkpoint'
    );
  });

  it('names a wrong shape, with what config.json asks for', () => {
    expect(messageWith({ 'wpe.weight': zeros(7, 4) })).toBe(
      'readCheckpoint: wpe.weight must be of shape [3, 4], got [7, 4]. ' +
        'Use the config.json and model.safetensors of one model.'
    );
    expect(messageWith({ 'ln_f.bias': zeros(1, 4) })).toContain('must be of shape [4], got [1, 4]. Use');
  });

  it('says where a Conv1D weight came transposed, as torch.nn.Linear stores it', () => {
    expect(messageWith({ 'h.0.attn.c_attn.weight': zeros(12, 4) })).toContain(
      'h.0.attn.c_attn.weight must be of shape [4, 12], got [12, 4]. This is the transpose: '
    );
    expect(messageWith({ 'wte.weight': zeros(4, 5) })).not.toContain('transpose');
  });

  it.each(['F64', 'I32'])('names a tensor in %s', (dtype) => {
    const size = dtype === 'F64' ? 8 : 4;
    const tensor = { dtype, shape: [4], bytes: new Uint8Array(4 * size) };
    expect(messageWith({ 'ln_f.weight': tensor })).toBe(
      `readCheckpoint: ln_f.weight must be F32, F16 or BF16, got ${dtype}. Save the checkpoint in one of these dtypes.`
    );
  });

  it.each([NaN, Infinity, -Infinity])('names tensor and place of %s', (value) => {
    expect(messageWith({ 'h.0.ln_1.weight': float32([4], [0, 1, value, 1]) })).toBe(
      `readCheckpoint: h.0.ln_1.weight[2] must be a finite number, got ${value}. ` +
        'Training diverged or the file is damaged; use another checkpoint.'
    );
    const matrix = Array<number>(12).fill(0).with(9, value);
    expect(messageWith({ 'wpe.weight': float32([3, 4], matrix) })).toContain(
      'wpe.weight[2, 1] must be a finite number'
    );
  });

  it('finds an infinity in 16 bits', () => {
    const tensors = tinyTensors('BF16');
    tensors.set('ln_f.bias', {
      dtype: 'BF16',
      shape: [4],
      bytes: encodeFloats([0, 0, 0, -Infinity], 'BF16')
    });
    expect(() => readCheckpoint(TINY, makeSafetensors(tensors))).toThrow(
      'ln_f.bias[3] must be a finite number'
    );
  });

  it('lets the errors of a broken file through', () => {
    expect(() => readCheckpoint(TINY, new Uint8Array(3))).toThrow(
      'parseSafetensors: file must be at least 8 bytes'
    );
  });

  it('takes or refuses a checkpoint with any bytes changed', () => {
    const good = makeSafetensors([...tinyTensors('F16'), ...maskBuffers()]);
    const change = fc.tuple(fc.nat(good.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const file = Uint8Array.from(good);
        for (const [at, value] of changes) file[at] = value;
        try {
          expect(readCheckpoint(TINY, file).size).toBe(TINY_SHAPES.size);
        } catch (error) {
          expect(error).toBeInstanceOf(WeightsError);
        }
      }),
      { numRuns: 1000 }
    );
  });
});

describe('matchTensors(config, tensors)', () => {
  it('finds the tensors by their name without prefix, before any value is there', () => {
    const names = [...TINY_SHAPES].map(
      ([name, shape]): [string, { name: string; dtype: string; shape: number[] }] => {
        const full = `transformer.${name}`;
        return [full, { name: full, dtype: 'F32', shape }];
      }
    );
    const found = matchTensors(TINY, new Map(names));
    expect([...found.keys()]).toEqual([...TINY_SHAPES.keys()]);
    expect(found.get('ln_f.bias')!.name).toBe('transformer.ln_f.bias');
  });
});
