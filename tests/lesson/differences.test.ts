import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/lib/gpt2';
import { differences } from '../../src/lib/lesson';

describe('differences(config)', () => {
  it('none for GPT-2, whatever its size', () => {
    expect(differences(parseConfig({}))).toEqual([]);
    expect(
      differences(parseConfig({ n_layer: 2, n_head: 2, n_embd: 8, reorder_and_upcast_attn: true }))
    ).toEqual([]);
  });

  it.each([
    [
      { activation_function: 'relu' },
      'Between the two layers of each MLP: ReLU(x) = max(0, x), not the tanh form of GELU.'
    ],
    [
      { activation_function: 'gelu' },
      'Between the two layers of each MLP: GELU(x) = 0.5 x (1 + erf(x / √2)), not the tanh form of GELU.'
    ],
    [{ scale_attn_weights: false }, 'Scores are q·k, not divided by √d_head.'],
    [{ scale_attn_by_inverse_layer_idx: true }, 'The scores of block L are also divided by L + 1.'],
    [
      { tie_word_embeddings: false },
      'Logits are read with lm_head, a matrix of its own, not with wte transposed.'
    ],
    [{ layer_norm_epsilon: 1e-6 }, 'Each LayerNorm adds 0.000001 to the variance, not 0.00001.']
  ])('%j: one sentence', (fields, sentence) => {
    expect(differences(parseConfig(fields))).toEqual([sentence]);
  });

  it('names none where another name stands for the same function', () => {
    expect(differences(parseConfig({ activation_function: 'gelu_pytorch_tanh' }))).toEqual([]);
  });
});
