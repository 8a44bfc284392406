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

  it.each([
    ['lm_head.weight', 'after'],
    ['lm_head.weight', 'before'],
    ['wte.weight', 'before']
  ])('keeps both where %s, %s the other, differs in one value', (name, place) => {
    const values = tinyValues(0, 20);
    values[6] = 3;
    const own = [name, float32([5, 4], values)] as const;
    const rest = [...tinyTensors()].filter(([other]) => other !== name);
    const head =
      name === 'wte.weight' ? [['lm_head.weight', float32([5, 4], tinyValues(0, 20))] as const] : [];
    const tensors = place === 'before' ? [own, ...head, ...rest] : [...rest, own];
    const read = readCheckpoint(TINY, makeSafetensors(new Map(tensors)));
    const other = name === 'wte.weight' ? 'lm_head.weight' : 'wte.weight';
    expect([...read.get(name)!.values]).toEqual(values);
    expect([...read.get(other)!.values]).toEqual(tinyValues(0, 20));
  });

  it('reads an lm_head.weight without wte.weight as both, where the config ties them', () => {
    const tensors = tinyTensors();
    tensors.set('lm_head.weight', tensors.get('wte.weight')!);
    tensors.delete('wte.weight');
    const read = readCheckpoint(TINY, makeSafetensors(tensors));
    expect([...read.get('wte.weight')!.values]).toEqual(tinyValues(0, 20));
    expect(read.has('lm_head.weight')).toBe(false);
    const untied = { ...TINY, tie_word_embeddings: false };
    expect(() => readCheckpoint(untied, makeSafetensors(tensors))).toThrow('wte.weight must be in the file');
    expect(() => readCheckpoint(untied, makeSafetensors(tinyTensors()))).toThrow(
      'lm_head.weight must be in the file, got nothing. config.json says "tie_word_embeddings": false'
    );
  });

  it('names an lm_head.weight of another shape', () => {
    expect(messageWith({ 'lm_head.weight': zeros(4, 4) })).toContain(
      'lm_head.weight must be of shape [5, 4]'
    );
  });

  it('names a missing tensor', () => {
    expect(messageWith({ 'h.1.ln_2.bias': null })).toContain(
      'readCheckpoint: h.1.ln_2.bias must be in the file, got nothing. The file has no such tensor'
    );
  });

  it('leaves out what Hugging Face leaves out, whatever its dtype', () => {
    const tensors = tinyTensors();
    const extra = ['score.weight', 'h.2.ln_1.bias', 'v_head.summary.bias', 'h.0.attn.rotary_emb.inv_freq'];
    for (const name of extra) tensors.set(name, { dtype: 'I64', shape: [1], bytes: new Uint8Array(8) });
    const read = readCheckpoint(TINY, makeSafetensors(tensors));
    expect([...read.keys()]).toEqual([...readCheckpoint(TINY, makeSafetensors(tinyTensors())).keys()]);
  });

  it('names a tensor as torch.compile saves it, and converts it', () => {
    const message = messageWith({ '_orig_mod.transformer.ln_f.bias': zeros(4) });
    expect(message).toContain('_orig_mod.transformer.ln_f.bias must be a name of Hugging Face');
    expect(message).toContain('nanoGPT');
    expect(message).toContain('python -c "');
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

  it('rounds F64 to float32, as torch does', () => {
    const doubles = [1 / 3, -1e-50, 16_777_217, 3];
    const tensors = tinyTensors();
    tensors.set('ln_f.weight', {
      dtype: 'F64',
      shape: [4],
      bytes: new Uint8Array(Float64Array.from(doubles).buffer)
    });
    const { values } = readCheckpoint(TINY, makeSafetensors(tensors)).get('ln_f.weight')!;
    expect([...values]).toEqual([Math.fround(1 / 3), -0, 16_777_216, 3]);
  });

  it.each(['F8_E4M3', 'I32'])('names a tensor in %s', (dtype) => {
    const size = dtype === 'I32' ? 4 : 1;
    const tensor = { dtype, shape: [4], bytes: new Uint8Array(4 * size) };
    expect(messageWith({ 'ln_f.weight': tensor })).toBe(
      `readCheckpoint: ln_f.weight must be F64, F32, F16 or BF16, got ${dtype}. Save the checkpoint in one of these dtypes.`
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
