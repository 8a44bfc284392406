import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/lib/gpt2/model/config.ts';
import { ConfigError } from '../../../src/lib/gpt2/errors.ts';

/** The fields of GPT-2 small that have no default. */
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
      eos_token_id: 50_256
    });
  });

  it('keeps what is stated', () => {
    const json = { ...MINIMAL, n_inner: 100, layer_norm_epsilon: 1e-6, bos_token_id: 0, eos_token_id: 2 };
    const { n_inner, layer_norm_epsilon, bos_token_id, eos_token_id } = parseConfig(json);
    expect([n_inner, layer_norm_epsilon, bos_token_id, eos_token_id]).toEqual([100, 1e-6, 0, 2]);
  });

  it('takes null as left out, and null n_inner as 4 n_embd', () => {
    const nulls = { n_inner: null, bos_token_id: null, eos_token_id: null, layer_norm_epsilon: null };
    expect(parseConfig({ ...MINIMAL, ...nulls })).toEqual(parseConfig(MINIMAL));
  });

  it('takes n_ctx where n_positions is missing, and n_positions where both are there', () => {
    const { n_positions: _, ...rest } = MINIMAL;
    expect(parseConfig({ ...rest, n_ctx: 64 }).n_ctx).toBe(64);
    expect(parseConfig({ ...rest, n_ctx: 64, n_positions: 32 }).n_ctx).toBe(32);
  });

  it('takes the first of several eos ids', () => {
    expect(parseConfig({ ...MINIMAL, eos_token_id: [7, 8] }).eos_token_id).toBe(7);
  });

  it('allows what GPT-2 is, and reorder_and_upcast_attn, which changes no result', () => {
    const json = {
      ...MINIMAL,
      model_type: 'gpt2',
      activation_function: 'gelu_pytorch_tanh',
      scale_attn_weights: true,
      scale_attn_by_inverse_layer_idx: false,
      add_cross_attention: false,
      tie_word_embeddings: true,
      reorder_and_upcast_attn: true,
      architectures: ['GPT2LMHeadModel']
    };
    expect(parseConfig(json)).toEqual(parseConfig(MINIMAL));
  });

  it.each([
    [null, 'null'],
    [[MINIMAL], 'an array'],
    ['{}', 'a string']
  ])('refuses %j: config.json is an object', (json, actual) => {
    expect(messageOf(json)).toContain(`parseConfig: config.json must be a JSON object, got ${actual}. `);
  });

  it.each(['n_layer', 'n_head', 'n_embd', 'vocab_size'])('names a missing %s', (field) => {
    const json: Record<string, unknown> = { ...MINIMAL };
    delete json[field];
    expect(messageOf(json)).toMatch(
      new RegExp(
        `^parseConfig: ${field} must be an integer from 1 to \\d+, got nothing\\. Use the config\\.json`
      )
    );
  });

  it('names n_positions where the length is missing', () => {
    const { n_positions: _, ...json } = MINIMAL;
    expect(messageOf(json)).toContain(
      'parseConfig: n_positions must be an integer from 1 to 16384, got nothing.'
    );
  });

  it.each([
    ['n_layer', 0, '0'],
    ['n_head', -1, '-1'],
    ['n_embd', 1.5, '1.5'],
    ['vocab_size', '50257', '"50257"'],
    ['n_positions', Infinity, 'Infinity'],
    ['n_inner', [1], 'Array'],
    ['n_layer', null, 'null']
  ])('refuses %s %j', (field, value, actual) => {
    const message = messageOf({ ...MINIMAL, [field]: value });
    expect(message).toMatch(new RegExp(`^parseConfig: ${field} must be an integer from 1 to `));
    expect(message).toContain(`, got ${actual}. `);
  });

  it.each([
    ['layer_norm_epsilon', 0, 'a number above 0 and at most 1'],
    ['layer_norm_epsilon', '1e-5', 'a number above 0 and at most 1'],
    ['bos_token_id', -1, 'an id (an integer of at least 0)'],
    ['eos_token_id', 'x', 'an id (an integer of at least 0)'],
    ['eos_token_id', [], 'an id (an integer of at least 0)']
  ])('refuses %s %j', (field, value, expected) => {
    expect(messageOf({ ...MINIMAL, [field]: value })).toContain(
      `parseConfig: ${field} must be ${expected}, got `
    );
  });

  it.each([
    ['model_type', 'llama', '"gpt2"', 'something else than GPT-2'],
    ['activation_function', 'gelu', 'a tanh GELU ("gelu_new" or "gelu_pytorch_tanh")', 'something else than'],
    ['activation_function', 'relu', 'a tanh GELU ("gelu_new" or "gelu_pytorch_tanh")', 'something else than'],
    ['scale_attn_weights', false, 'true', 'something else than GPT-2'],
    ['scale_attn_by_inverse_layer_idx', true, 'false', 'something else than GPT-2'],
    ['add_cross_attention', true, 'false', 'something else than GPT-2'],
    ['tie_word_embeddings', false, 'true', 'Logits are read with wte']
  ])('refuses %s %j: it would compute something else', (field, value, expected, advice) => {
    const message = messageOf({ ...MINIMAL, [field]: value });
    expect(message).toContain(`parseConfig: ${field} must be ${expected}, got ${JSON.stringify(value)}. `);
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
