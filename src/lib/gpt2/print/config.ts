import { pythonFloat } from './python-float.ts';

/** What Hugging Face's GPT2Config takes where config.json has no such field. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  activation_function: 'gelu_new',
  attn_pdrop: 0.1,
  bos_token_id: 50256,
  embd_pdrop: 0.1,
  eos_token_id: 50256,
  initializer_range: 0.02,
  layer_norm_epsilon: 1e-5,
  model_type: 'gpt2',
  n_embd: 768,
  n_head: 12,
  n_inner: null,
  n_layer: 12,
  n_positions: 1024,
  reorder_and_upcast_attn: false,
  resid_pdrop: 0.1,
  scale_attn_by_inverse_layer_idx: false,
  scale_attn_weights: true,
  summary_activation: null,
  summary_first_dropout: 0.1,
  summary_proj_to_labels: true,
  summary_type: 'cls_index',
  summary_use_proj: true,
  use_cache: true,
  vocab_size: 50257
};

/** Fields that Python holds as float, which JSON does not tell from an integer. */
const FLOATS: readonly string[] = [
  'attn_pdrop',
  'embd_pdrop',
  'initializer_range',
  'layer_norm_epsilon',
  'resid_pdrop',
  'summary_first_dropout'
];

/** The value that every configuration of the library has, and so is not printed. */
const UNPRINTED: Readonly<Record<string, unknown>> = { tie_word_embeddings: true };

const INDENT = 2;

/**
 * One line or more for each field of a config.json, as `"n_layer": 12`, in the order of their names: those of the file,
 * and those that Hugging Face fills in.
 *
 * Source: transformers 4.31, PretrainedConfig.to_json_string; models/gpt2/configuration_gpt2.py.
 */
export function configFields(file: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const all = Object.entries({ ...DEFAULTS, ...file }).filter(
    ([name, value]) => !(name in UNPRINTED && UNPRINTED[name] === value)
  );
  all.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(all.map(([name, value]) => [name, `"${name}": ${printValue(name, value)}`]));
}

/** A config.json as Python prints the GPT2Config made of it, to hold beside a notebook. */
export function printConfig(file: Readonly<Record<string, unknown>>): string {
  const lines = [...configFields(file).values()].join(',\n').replaceAll(/^/gm, ' '.repeat(INDENT));
  return `GPT2Config {\n${lines}\n}`;
}

function printValue(name: string, value: unknown): string {
  if (FLOATS.includes(name) && typeof value === 'number') return pythonFloat(value);
  return JSON.stringify(value, null, INDENT);
}
