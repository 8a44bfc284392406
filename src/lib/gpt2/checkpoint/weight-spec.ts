/**
 * The parameters a GPT-2 checkpoint must hold: every name and shape.
 * GPT-2's linear layers are Conv1D: their weight is [inputs, outputs], the transpose of torch.nn.Linear's.
 */
import type { Gpt2Config } from '../model/config.ts';
import { ACTIVATION_PARAMETERS, activationKind } from '../ops/activation-scalar.ts';

/** What decides every shape. */
export type ParameterSizes = Pick<Gpt2Config, 'n_layer' | 'n_embd' | 'n_ctx' | 'n_inner' | 'vocab_size'> &
  Partial<Pick<Gpt2Config, 'activation_function' | 'tie_word_embeddings'>>;

/** The token embedding, and the matrix that logits are read with where it is not the same. */
export const WTE = 'wte.weight';
export const LM_HEAD = 'lm_head.weight';

/** What Hugging Face puts in front of each name when it saves the model with its language-model head. */
const PREFIX = 'transformer.';

/**
 * Names (checkpoint spelling, without prefix) and shapes of all parameters, embeddings first, blocks in order; lm_head,
 * which is wte in GPT-2, is not among them.
 *
 * Source: openai/gpt-2, src/model.py; transformers, models/gpt2/modeling_gpt2.py.
 */
export function weightSpec(config: ParameterSizes): Map<string, number[]> {
  const { n_layer, n_embd, n_ctx, vocab_size } = config;
  const spec = new Map([
    [WTE, [vocab_size, n_embd]],
    ['wpe.weight', [n_ctx, n_embd]]
  ]);
  for (let layer = 0; layer < n_layer; layer++) {
    for (const [name, shape] of blockSpec(config)) spec.set(`h.${layer}.${name}`, shape);
  }
  return spec.set('ln_f.weight', [n_embd]).set('ln_f.bias', [n_embd]);
}

function blockSpec({
  n_embd,
  n_inner,
  activation_function = 'gelu_new'
}: ParameterSizes): [name: string, shape: number[]][] {
  const learned = ACTIVATION_PARAMETERS[activationKind(activation_function)] ?? {};
  return [
    ['ln_1.weight', [n_embd]],
    ['ln_1.bias', [n_embd]],
    ['attn.c_attn.weight', [n_embd, 3 * n_embd]], // q, k and v side by side
    ['attn.c_attn.bias', [3 * n_embd]],
    ['attn.c_proj.weight', [n_embd, n_embd]],
    ['attn.c_proj.bias', [n_embd]],
    ['ln_2.weight', [n_embd]],
    ['ln_2.bias', [n_embd]],
    ['mlp.c_fc.weight', [n_embd, n_inner]],
    ['mlp.c_fc.bias', [n_inner]],
    ['mlp.c_proj.weight', [n_inner, n_embd]],
    ['mlp.c_proj.bias', [n_embd]],
    ...Object.entries(learned).map(([name, shape]): [string, number[]] => [`mlp.act.${name}`, [...shape]])
  ];
}

/** How many numbers the model learned; tied output weights count once. */
export function parameterCount(config: ParameterSizes): number {
  let count = 0;
  for (const shape of weightSpec(config).values()) count += elementCount(shape);
  return config.tie_word_embeddings === false ? count + config.vocab_size * config.n_embd : count;
}

/** How many values a tensor of this shape holds; 1 for a scalar's []. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** The name without Hugging Face's `transformer.` in front. */
export function canonicalName(name: string): string {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
}

/** True for the causal masks that older checkpoints carry beside the parameters; they are constants, not weights. */
export function isMaskBuffer(name: string): boolean {
  return /^h\.\d+\.attn\.(masked_)?bias$/.test(canonicalName(name));
}

/** True for what an activation learned: a number for each block, not a tensor of the forward pass. */
export function isActivationParameter(name: string): boolean {
  return /^h\.\d+\.mlp\.act\.\w+$/.test(name);
}

/** True for the weights that torch.nn.Linear would store transposed. */
export function isConv1dWeight(name: string): boolean {
  return /\.(c_attn|c_proj|c_fc)\.weight$/.test(name);
}
