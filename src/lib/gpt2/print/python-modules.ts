import type { ActivationName } from '../trace/activations.ts';

/** Where a module of Hugging Face's GPT-2 has an activation: what goes in or what comes out. */
export const AT_MODULE: Partial<
  Record<ActivationName, { readonly module: string; readonly at: 'input' | 'output' }>
> = {
  embed: { module: 'wte', at: 'output' },
  pos_embed: { module: 'wpe', at: 'output' },
  resid_pre: { module: 'h[L]', at: 'input' },
  'ln1.normalized': { module: 'h[L].ln_1', at: 'output' },
  q: { module: 'h[L].attn.c_attn', at: 'output' },
  k: { module: 'h[L].attn.c_attn', at: 'output' },
  v: { module: 'h[L].attn.c_attn', at: 'output' },
  attn_scores: { module: 'h[L].attn.c_attn', at: 'output' },
  z: { module: 'h[L].attn.c_proj', at: 'input' },
  result: { module: 'h[L].attn.c_proj', at: 'input' },
  attn_out: { module: 'h[L].attn.c_proj', at: 'output' },
  'ln1.scale': { module: 'h[L].ln_1', at: 'input' },
  resid_mid: { module: 'h[L].ln_2', at: 'input' },
  'ln2.scale': { module: 'h[L].ln_2', at: 'input' },
  'ln2.normalized': { module: 'h[L].ln_2', at: 'output' },
  'mlp.pre': { module: 'h[L].mlp.c_fc', at: 'output' },
  'mlp.post': { module: 'h[L].mlp.act', at: 'output' },
  mlp_out: { module: 'h[L].mlp', at: 'output' },
  resid_post: { module: 'h[L]', at: 'output' },
  'ln_final.scale': { module: 'ln_f', at: 'input' },
  'ln_final.normalized': { module: 'ln_f', at: 'output' }
};

/** The module that has an activation, in Python. */
export function modulePath(name: ActivationName, layer = 0): { path: string; at: 'input' | 'output' } {
  const { module, at } = AT_MODULE[name]!;
  return { path: `model.transformer.${module.replace('L', String(layer))}`, at };
}

/**
 * TransformerLens's name of an activation. Version 4 has hook_normalized before LayerNorm's weight and bias, and hook_out
 * after them, as version 2 had.
 */
export const hookName = (exported: string) => exported.replace('hook_normalized', 'hook_out');
