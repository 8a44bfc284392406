import { describe, expect, it } from 'vitest';
import {
  canonicalName,
  isConv1dWeight,
  isMaskBuffer,
  parameterCount,
  weightSpec
} from '../../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { TINY, TINY_SHAPES } from '../make-safetensors.ts';

const SMALL = {
  ...TINY,
  n_layer: 12,
  n_head: 12,
  n_embd: 768,
  n_ctx: 1024,
  n_inner: 3072,
  vocab_size: 50_257
};

describe('weightSpec(config)', () => {
  it('names every tensor with its shape, written out for a tiny model', () => {
    expect([...weightSpec(TINY)]).toEqual([...TINY_SHAPES]);
  });

  it('has 148 tensors for GPT-2 small: 4 and 12 a block', () => {
    expect(weightSpec(SMALL).size).toBe(4 + 12 * 12);
  });

  it('takes the width of the MLP from n_inner', () => {
    const spec = weightSpec({ ...TINY, n_inner: 7 });
    expect(spec.get('h.1.mlp.c_fc.weight')).toEqual([4, 7]);
    expect(spec.get('h.1.mlp.c_fc.bias')).toEqual([7]);
    expect(spec.get('h.1.mlp.c_proj.weight')).toEqual([7, 4]);
  });
});

describe('parameterCount(config)', () => {
  it('counts the 124,439,808 parameters that Hugging Face states for GPT-2 small', () => {
    expect(parameterCount(SMALL)).toBe(124_439_808);
  });

  it('is V C + n_ctx C + L (12 C^2 + 13 C) + 2 C', () => {
    expect(parameterCount(TINY)).toBe(5 * 4 + 3 * 4 + 2 * (12 * 4 * 4 + 13 * 4) + 2 * 4);
  });
});

describe('canonicalName(name)', () => {
  it('strips one transformer. from the front and nothing else', () => {
    expect(canonicalName('transformer.h.0.ln_1.bias')).toBe('h.0.ln_1.bias');
    expect(canonicalName('h.0.ln_1.bias')).toBe('h.0.ln_1.bias');
    expect(canonicalName('transformer.transformer.wte.weight')).toBe('transformer.wte.weight');
    expect(canonicalName('my.transformer.wte.weight')).toBe('my.transformer.wte.weight');
  });
});

describe('isMaskBuffer(name)', () => {
  it.each(['h.0.attn.bias', 'h.11.attn.masked_bias', 'transformer.h.3.attn.bias'])(
    'is true for %s',
    (name) => {
      expect(isMaskBuffer(name)).toBe(true);
    }
  );

  it.each(['h.0.attn.c_attn.bias', 'h.x.attn.bias', 'h.0.attn.bias.x', 'attn.bias', 'h.0.ln_1.bias'])(
    'is false for %s',
    (name) => {
      expect(isMaskBuffer(name)).toBe(false);
    }
  );
});

describe('isConv1dWeight(name)', () => {
  it('is true for the four matrices of a block only', () => {
    const names = [...weightSpec({ ...TINY, n_layer: 1 }).keys()].filter(isConv1dWeight);
    expect(names).toEqual([
      'h.0.attn.c_attn.weight',
      'h.0.attn.c_proj.weight',
      'h.0.mlp.c_fc.weight',
      'h.0.mlp.c_proj.weight'
    ]);
  });
});
