import type { Gpt2Config } from './config.ts';

/**
 * What block `layer` multiplies its scores with beside 1 / sqrt(d_head).
 *
 * Source: transformers 5.23, models/gpt2/modeling_gpt2.py, GPT2Attention.
 */
export function scoreFactor(
  config: Pick<Gpt2Config, 'n_embd' | 'n_head' | 'scale_attn_weights' | 'scale_attn_by_inverse_layer_idx'>,
  layer: number
): number {
  const { n_embd, n_head, scale_attn_weights, scale_attn_by_inverse_layer_idx } = config;
  const scaled = scale_attn_weights ? 1 : Math.sqrt(n_embd / n_head);
  return scale_attn_by_inverse_layer_idx ? scaled / (layer + 1) : scaled;
}
