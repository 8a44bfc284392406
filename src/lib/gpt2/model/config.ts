/**
 * Reads Hugging Face's config.json: the sizes of the model and what it computes with, as transformers reads them.
 * A field that asks for what the page cannot compute is an error, never ignored.
 */
import * as v from 'valibot';
import { ConfigError, mustBe } from '../errors.ts';
import {
  ACTIVATION_FUNCTIONS,
  isActivationFunction,
  type ActivationFunction
} from '../ops/activation-scalar.ts';
import { parameterCount } from '../checkpoint/weight-spec.ts';

/** The sizes and constants of one GPT-2, in the checkpoint's spelling. */
export interface Gpt2Config {
  /** Number of blocks. */
  n_layer: number;
  /** Attention heads in a block; each has n_embd / n_head components. */
  n_head: number;
  /** Width of the residual stream. */
  n_embd: number;
  /** Longest prompt, in tokens: the rows of wpe. */
  n_ctx: number;
  /** Neurons of one MLP. */
  n_inner: number;
  /** Rows of wte. */
  vocab_size: number;
  /** Added to the variance in every LayerNorm. */
  layer_norm_epsilon: number;
  /** null: none. Not checked against vocab_size: some checkpoints keep GPT-2's id with a smaller vocabulary. */
  bos_token_id: number | null;
  /** Generation ends after any of them; empty: after none. Not checked against vocab_size, as bos_token_id. */
  eos_token_id: readonly number[];
  /** Between the two layers of each MLP. */
  activation_function: ActivationFunction;
  /** false: scores are q·k, not q·k / sqrt(d_head). */
  scale_attn_weights: boolean;
  /** true: the scores of block L are divided by L + 1 besides. */
  scale_attn_by_inverse_layer_idx: boolean;
  /** true: Hugging Face scales the keys first, in float32. The result is the same. */
  reorder_and_upcast_attn: boolean;
  /** false: logits are read with lm_head.weight where the checkpoint has one. */
  tie_word_embeddings: boolean;
  /** Dropout while the model was trained: shown, never computed with. */
  embd_pdrop?: number;
  attn_pdrop?: number;
  resid_pdrop?: number;
}

/** What GPT-2 computes with, beside its sizes. */
export const GPT2_COMPUTATION = {
  activation_function: 'gelu_new',
  scale_attn_weights: true,
  scale_attn_by_inverse_layer_idx: false,
  reorder_and_upcast_attn: false,
  tie_word_embeddings: true
} as const;

const LN_EPSILON = 1e-5; // Hugging Face's default layer_norm_epsilon
const END_OF_TEXT = 50256; // `<|endoftext|>` in GPT-2's vocabulary, Hugging Face's default bos and eos
const INNER_PER_EMBD = 4; // n_inner / n_embd where config.json leaves n_inner null

/** The largest value of each size: several times gpt2-xl's (48 blocks, 25 heads, width 1600, 1024 positions). */
const LARGEST = {
  n_layer: 256,
  n_head: 256,
  n_embd: 16_384,
  n_ctx: 16_384,
  n_inner: 65_536,
  vocab_size: 1_000_000
};
/** gpt2-xl has 1.56e9 parameters; twice 1e9 float32 are 8 GB, more than a browser tab may hold. */
const MAX_PARAMETERS = 2e9;
/** The attention pattern of one block at full length: 2^28 float32 are 1 GiB; gpt2-xl's has 2.6e7 values. */
const MAX_PATTERN_VALUES = 2 ** 28;

const DEFAULT_ADVICE = 'Use the config.json that came with the weights.';
const OTHER_MODEL =
  'The model computes something else than GPT-2 and cannot be shown; use a GPT-2 checkpoint.';
const CROSS_ATTENTION =
  'Its blocks read a second text by cross-attention, which the page does not compute. To see its own blocks alone: ' +
  `python -c "from transformers import GPT2LMHeadModel as M; ` +
  `M.from_pretrained('DIR', add_cross_attention=False).save_pretrained('OUT')"`;
const TOO_LARGE = 'The model is too large for a browser; use a smaller one, or correct config.json.';

const ADVICE: Partial<Record<string, string>> = {
  model_type: OTHER_MODEL,
  activation_function: OTHER_MODEL,
  add_cross_attention: CROSS_ATTENTION
};

const tokenIdText = 'an id (an integer)';
/** Below 0 stands for none, as -1 in some checkpoints. */
const tokenId = v.pipe(v.number(tokenIdText), v.safeInteger(tokenIdText));

const epsilonText = 'a finite number of at least 0';
const epsilon = v.pipe(v.number(epsilonText), v.finite(epsilonText), v.minValue(0, epsilonText));

const dropoutText = 'a probability';
const dropout = v.nullish(
  v.pipe(v.number(dropoutText), v.minValue(0, dropoutText), v.maxValue(1, dropoutText))
);

/** What GPT2Config has where config.json says nothing: the sizes of GPT-2 small. */
const SMALL = { n_layer: 12, n_head: 12, n_embd: 768, n_ctx: 1024, vocab_size: 50_257 };

/** Other names of four sizes; where both are there, transformers takes these. */
const ALIASES: Readonly<Record<string, string>> = {
  num_hidden_layers: 'n_layer',
  num_attention_heads: 'n_head',
  hidden_size: 'n_embd',
  max_position_embeddings: 'n_positions'
};

const yesOrNo = (otherwise: boolean) => v.nullish(v.boolean('true or false'), otherwise);
const oneOf = ACTIVATION_FUNCTIONS.map((name) => `"${name}"`).join(', ');

const ConfigSchema = v.object({
  model_type: v.nullish(v.literal('gpt2', '"gpt2"')),
  n_layer: v.nullish(size('n_layer'), SMALL.n_layer),
  n_head: v.nullish(size('n_head'), SMALL.n_head),
  n_embd: v.nullish(size('n_embd'), SMALL.n_embd),
  n_positions: v.nullish(size('n_ctx')),
  n_ctx: v.nullish(size('n_ctx')),
  n_inner: v.nullish(size('n_inner')),
  vocab_size: v.nullish(size('vocab_size'), SMALL.vocab_size),
  layer_norm_epsilon: v.nullish(epsilon, LN_EPSILON),
  bos_token_id: v.optional(v.nullable(tokenId), END_OF_TEXT),
  eos_token_id: v.optional(v.nullable(v.union([tokenId, v.array(tokenId)], tokenIdText)), END_OF_TEXT),
  embd_pdrop: dropout,
  attn_pdrop: dropout,
  resid_pdrop: dropout,
  activation_function: v.nullish(
    v.custom<ActivationFunction>(isActivationFunction, `one of ${oneOf}`),
    'gelu_new'
  ),
  scale_attn_weights: yesOrNo(true),
  scale_attn_by_inverse_layer_idx: yesOrNo(false),
  reorder_and_upcast_attn: yesOrNo(false),
  add_cross_attention: v.nullish(v.literal(false, 'false')),
  tie_word_embeddings: yesOrNo(true)
});

/**
 * Checks a parsed config.json and fills in Hugging Face's defaults.
 *
 * n_positions wins over n_ctx, and a field's other name (num_hidden_layers for n_layer) over its own.
 * Throws: ConfigError that names the field, if one is out of range or asks for what the page cannot compute.
 * Source: transformers 5.23, models/gpt2/configuration_gpt2.py.
 */
export function parseConfig(json: unknown): Gpt2Config {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const actual = Array.isArray(json) ? 'an array' : json === null ? 'null' : `a ${typeof json}`;
    throw new ConfigError(mustBe('parseConfig: config.json', 'a JSON object', actual, DEFAULT_ADVICE));
  }
  const result = v.safeParse(ConfigSchema, withoutAliases(json), { abortEarly: true });
  if (!result.success) throw fieldError(result.issues[0]);
  const fields = result.output;
  const config: Gpt2Config = {
    n_layer: fields.n_layer,
    n_head: fields.n_head,
    n_embd: fields.n_embd,
    n_ctx: fields.n_positions ?? fields.n_ctx ?? SMALL.n_ctx,
    n_inner: fields.n_inner ?? INNER_PER_EMBD * fields.n_embd,
    vocab_size: fields.vocab_size,
    layer_norm_epsilon: fields.layer_norm_epsilon,
    bos_token_id: tokenIds(fields.bos_token_id)[0] ?? null,
    eos_token_id: tokenIds(fields.eos_token_id),
    activation_function: fields.activation_function,
    scale_attn_weights: fields.scale_attn_weights,
    scale_attn_by_inverse_layer_idx: fields.scale_attn_by_inverse_layer_idx,
    reorder_and_upcast_attn: fields.reorder_and_upcast_attn,
    tie_word_embeddings: fields.tie_word_embeddings
  };
  for (const name of ['embd_pdrop', 'attn_pdrop', 'resid_pdrop'] as const) {
    const p = fields[name];
    if (typeof p === 'number') config[name] = p;
  }
  checkTogether(config);
  return config;
}

/** Every field under its own name. */
function withoutAliases(json: object): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...json };
  for (const [alias, name] of Object.entries(ALIASES)) {
    if (fields[alias] !== undefined && fields[alias] !== null) fields[name] = fields[alias];
  }
  return fields;
}

/** The ids that a field names: one, several, or none (null, or below 0). */
function tokenIds(field: number | readonly number[] | null): number[] {
  const ids = field === null ? [] : typeof field === 'number' ? [field] : field;
  return ids.filter((id) => id >= 0);
}

/** What no field can break alone. */
function checkTogether(config: Gpt2Config): void {
  const { n_head, n_embd, n_ctx } = config;
  if (n_embd % n_head !== 0) {
    const expected = `a multiple of n_head = ${n_head}`;
    throw new ConfigError(mustBe('parseConfig: n_embd', expected, n_embd, DEFAULT_ADVICE));
  }
  const parameters = parameterCount(config);
  if (parameters > MAX_PARAMETERS) {
    const expected = `for at most ${MAX_PARAMETERS} parameters`;
    throw new ConfigError(mustBe('parseConfig: config.json', expected, parameters, TOO_LARGE));
  }
  const patternValues = n_head * n_ctx * n_ctx;
  if (patternValues > MAX_PATTERN_VALUES) {
    const expected = `for at most ${MAX_PATTERN_VALUES} attention weights in a block (n_head n_ctx^2)`;
    throw new ConfigError(mustBe('parseConfig: config.json', expected, patternValues, TOO_LARGE));
  }
}

function size(name: keyof typeof LARGEST) {
  const text = sizeText(name);
  return v.pipe(v.number(text), v.integer(text), v.minValue(1, text), v.maxValue(LARGEST[name], text));
}

function sizeText(name: keyof typeof LARGEST): string {
  return `an integer from 1 to ${LARGEST[name]}`;
}

const SHOWN_LETTERS = 80; // of a wrong value, in a message

function fieldError(issue: v.InferIssue<typeof ConfigSchema>): ConfigError {
  const field = String(issue.path?.[0]?.key);
  const actual = receivedText(issue).slice(0, SHOWN_LETTERS);
  return new ConfigError(
    mustBe(`parseConfig: ${field}`, issue.message, actual, ADVICE[field] ?? DEFAULT_ADVICE)
  );
}

/** A custom check says "unknown" of what it received; the value itself says more. */
function receivedText({ received, input }: v.InferIssue<typeof ConfigSchema>): string {
  return typeof input === 'string' ? JSON.stringify(input) : received;
}
