import { describe, expect, it } from 'vitest';
import { GPT2_COMPUTATION, parseConfig } from '../../../src/lib/gpt2/model/config.ts';
import { ConfigError } from '../../../src/lib/gpt2/errors.ts';

/** The sizes of GPT-2 small, which are the defaults. */
const MINIMAL = { n_layer: 12, n_head: 12, n_embd: 768, n_positions: 1024, vocab_size: 50_257 };

function messageOf(json: unknown): string {
  try {
    parseConfig(json);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error('parseConfig took it');
}

describe('parseConfig(json)', () => {
  it("fills in Hugging Face's defaults", () => {
    expect(parseConfig(MINIMAL)).toEqual({
      n_layer: 12,
      n_head: 12,
      n_embd: 768,
      n_ctx: 1024,
      n_inner: 3072,
      vocab_size: 50_257,
      layer_norm_epsilon: 1e-5,
      bos_token_id: 50_256,
      eos_token_id: [50_256],
      ...GPT2_COMPUTATION
    });
    expect(parseConfig({})).toEqual(parseConfig(MINIMAL));
  });

  it('keeps what is stated', () => {
    const json = { ...MINIMAL, n_inner: 100, layer_norm_epsilon: 1e-6, bos_token_id: 0, eos_token_id: 2 };
    const { n_inner, layer_norm_epsilon, bos_token_id, eos_token_id } = parseConfig(json);
    expect([n_inner, layer_norm_epsilon, bos_token_id, eos_token_id]).toEqual([100, 1e-6, 0, [2]]);
  });

  it('takes null as left out, and null n_inner as 4 n_embd', () => {
    const nulls = { n_inner: null, layer_norm_epsilon: null, n_layer: null };
    expect(parseConfig({ ...MINIMAL, ...nulls })).toEqual(parseConfig(MINIMAL));
  });

  it('takes a null id, or one below 0, as none', () => {
    for (const id of [null, -1]) {
      const none = parseConfig({ ...MINIMAL, bos_token_id: id, eos_token_id: id });
      expect([none.bos_token_id, none.eos_token_id]).toEqual([null, []]);
    }
    expect(parseConfig({ ...MINIMAL, eos_token_id: [] }).eos_token_id).toEqual([]);
  });

  it('takes the other names of the sizes, which win, as in transformers', () => {
    const aliases = {
      num_hidden_layers: 3,
      hidden_size: 8,
      max_position_embeddings: 32,
      num_attention_heads: 2
    };
    expect(parseConfig({ ...MINIMAL, ...aliases })).toMatchObject({
      n_layer: 3,
      n_embd: 8,
      n_ctx: 32,
      n_head: 2
    });
  });

  it('takes n_ctx where n_positions is missing, and n_positions where both are there', () => {
    const { n_positions: _, ...rest } = MINIMAL;
    expect(parseConfig({ ...rest, n_ctx: 64 }).n_ctx).toBe(64);
    expect(parseConfig({ ...rest, n_ctx: 64, n_positions: 32 }).n_ctx).toBe(32);
  });

  it('takes all of several eos ids', () => {
    expect(parseConfig({ ...MINIMAL, eos_token_id: [7, -1, 8] }).eos_token_id).toEqual([7, 8]);
  });

  it('takes what Hugging Face computes', () => {
    const computation = {
      activation_function: 'quick_gelu',
      scale_attn_weights: false,
      scale_attn_by_inverse_layer_idx: true,
      reorder_and_upcast_attn: true,
      tie_word_embeddings: false
    };
    const json = {
      ...MINIMAL,
      model_type: 'gpt2',
      add_cross_attention: false,
      architectures: ['GPT2LMHeadModel']
    };
    expect(parseConfig({ ...json, ...computation })).toMatchObject(computation);
  });

  it.each([
    [null, 'null'],
    [[MINIMAL], 'an array'],
    ['{}', 'a string']
  ])('refuses %j: config.json is an object', (json, actual) => {
    expect(messageOf(json)).toContain(`parseConfig: config.json must be a JSON object, got ${actual}. `);
  });

  it.each([
    ['n_layer', 0, '0'],
    ['n_head', -1, '-1'],
    ['n_embd', 1.5, '1.5'],
    ['vocab_size', '50257', '"50257"'],
    ['n_positions', Infinity, 'Infinity'],
    ['n_inner', [1], 'Array']
  ])('refuses %s %j', (field, value, actual) => {
    const message = messageOf({ ...MINIMAL, [field]: value });
    expect(message).toMatch(new RegExp(`^parseConfig: ${field} must be an integer from 1 to `));
    expect(message).toContain(`, got ${actual}. `);
  });

  it.each([
    ['layer_norm_epsilon', -1, 'a finite number of at least 0'],
    ['layer_norm_epsilon', NaN, 'a finite number of at least 0'],
    ['layer_norm_epsilon', '1e-5', 'a finite number of at least 0'],
    ['bos_token_id', 1.5, 'an id (an integer)'],
    ['eos_token_id', 'x', 'an id (an integer)'],
    ['scale_attn_weights', 1, 'true or false']
  ])('refuses %s %j', (field, value, expected) => {
    expect(messageOf({ ...MINIMAL, [field]: value })).toContain(
      `parseConfig: ${field} must be ${expected}, got `
    );
  });

  it.each([
    ['model_type', 'llama', '"gpt2"', 'something else than GPT-2'],
    ['add_cross_attention', true, 'false', 'cross-attention'],
    ['activation_function', 'gelu_newer', 'one of "gelu", "gelu_10"', 'something else than GPT-2']
  ])('refuses %s %j: it would compute something else', (field, value, expected, advice) => {
    const message = messageOf({ ...MINIMAL, [field]: value });
    expect(message).toContain(`parseConfig: ${field} must be ${expected}`);
    expect(message).toContain(`, got ${JSON.stringify(value)}. `);
    expect(message).toContain(advice);
  });

  it('refuses a width that does not divide among the heads', () => {
    expect(messageOf({ ...MINIMAL, n_head: 10 })).toContain(
      'parseConfig: n_embd must be a multiple of n_head = 10, got 768.'
    );
  });

  it('reads all four sizes of GPT-2', () => {
    for (const [n_layer, n_head, n_embd] of [
      [12, 12, 768],
      [24, 16, 1024],
      [36, 20, 1280],
      [48, 25, 1600]
    ]) {
      expect(parseConfig({ ...MINIMAL, n_layer, n_head, n_embd }).n_embd).toBe(n_embd);
    }
  });

  it('refuses sizes that only a crafted file asks for', () => {
    expect(messageOf({ ...MINIMAL, n_layer: 1e9 })).toContain('n_layer must be an integer from 1 to 256');
    expect(messageOf({ ...MINIMAL, n_layer: 256, n_embd: 16_380 })).toMatch(
      /config\.json must be for at most 2000000000 parameters, got \d+\. The model is too large/
    );
    expect(messageOf({ ...MINIMAL, n_positions: 16_384 })).toContain(
      'attention weights in a block (n_head n_ctx^2), got 3221225472. The model is too large'
    );
  });

  it('keeps a long wrong value short in the message', () => {
    expect(messageOf({ ...MINIMAL, model_type: 'x'.repeat(1_000_000) }).length).toBeLessThan(300);
  });
});
