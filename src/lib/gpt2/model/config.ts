/**
 * Reads Hugging Face's config.json: the sizes of the model, and a check that it computes what GPT-2 computes.
 * A field that would change the computation (another activation, another scaling) is an error, never ignored.
 */
import * as v from 'valibot';
import { ConfigError, mustBe } from '../errors.ts';
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
  /** Not checked against vocab_size: some checkpoints keep GPT-2's id with a smaller vocabulary. */
  bos_token_id: number;
  /** Not checked against vocab_size, as bos_token_id. */
  eos_token_id: number;
  /** Dropout while the model was trained: shown, never computed with. */
  embd_pdrop?: number;
  attn_pdrop?: number;
  resid_pdrop?: number;
}

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
const TOO_LARGE = 'The model is too large for a browser; use a smaller one, or correct config.json.';

const ADVICE: Partial<Record<string, string>> = {
  model_type: OTHER_MODEL,
  activation_function: OTHER_MODEL,
  scale_attn_weights: OTHER_MODEL,
  scale_attn_by_inverse_layer_idx: OTHER_MODEL,
  add_cross_attention: OTHER_MODEL,
  tie_word_embeddings: 'Logits are read with wte; a model with an output matrix of its own cannot be shown.'
};

const tokenIdText = 'an id (an integer of at least 0)';
const tokenId = v.pipe(
  v.number(tokenIdText),
  v.safeInteger(tokenIdText),
  v.minValue(0, tokenIdText),
  v.maxValue(LARGEST.vocab_size, tokenIdText)
);

const epsilonText = 'a number above 0 and at most 1';
const epsilon = v.pipe(v.number(epsilonText), v.gtValue(0, epsilonText), v.maxValue(1, epsilonText));

const dropoutText = 'a probability';
const dropout = v.nullish(
  v.pipe(v.number(dropoutText), v.minValue(0, dropoutText), v.maxValue(1, dropoutText))
);

const ConfigSchema = v.object(
  {
    model_type: v.nullish(v.literal('gpt2', '"gpt2"')),
    n_layer: size('n_layer'),
    n_head: size('n_head'),
    n_embd: size('n_embd'),
    n_positions: v.nullish(size('n_ctx')),
    n_ctx: v.nullish(size('n_ctx')),
    n_inner: v.nullish(size('n_inner')),
    vocab_size: size('vocab_size'),
    layer_norm_epsilon: v.nullish(epsilon, LN_EPSILON),
    bos_token_id: v.nullish(tokenId, END_OF_TEXT),
    eos_token_id: v.nullish(
      v.union([tokenId, v.pipe(v.array(tokenId), v.minLength(1, tokenIdText))], tokenIdText),
      END_OF_TEXT
    ),
    embd_pdrop: dropout,
    attn_pdrop: dropout,
    resid_pdrop: dropout,
    activation_function: v.nullish(
      v.picklist(['gelu_new', 'gelu_pytorch_tanh'], 'a tanh GELU ("gelu_new" or "gelu_pytorch_tanh")')
    ),
    scale_attn_weights: v.nullish(v.literal(true, 'true')),
    scale_attn_by_inverse_layer_idx: v.nullish(v.literal(false, 'false')),
    add_cross_attention: v.nullish(v.literal(false, 'false')),
    tie_word_embeddings: v.nullish(v.literal(true, 'true'))
  },
  (issue) => sizeText(String(issue.path?.[0]?.key) as keyof typeof LARGEST)
);

/**
 * Checks a parsed config.json and fills in Hugging Face's defaults.
 *
 * n_positions wins over n_ctx, as in Hugging Face; the first of several eos_token_id is taken.
 * Throws: ConfigError that names the field, if one is missing, out of range, or describes another model than GPT-2.
 * Source: transformers, models/gpt2/configuration_gpt2.py.
 */
export function parseConfig(json: unknown): Gpt2Config {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const actual = Array.isArray(json) ? 'an array' : json === null ? 'null' : `a ${typeof json}`;
    throw new ConfigError(mustBe('parseConfig: config.json', 'a JSON object', actual, DEFAULT_ADVICE));
  }
  const result = v.safeParse(ConfigSchema, json, { abortEarly: true });
  if (!result.success) throw fieldError(result.issues[0]);
  const fields = result.output;
  const n_ctx = fields.n_positions ?? fields.n_ctx;
  if (n_ctx === null || n_ctx === undefined) {
    throw new ConfigError(mustBe('parseConfig: n_positions', sizeText('n_ctx'), 'nothing', DEFAULT_ADVICE));
  }
  const eos = fields.eos_token_id;
  const config: Gpt2Config = {
    n_layer: fields.n_layer,
    n_head: fields.n_head,
    n_embd: fields.n_embd,
    n_ctx,
    n_inner: fields.n_inner ?? INNER_PER_EMBD * fields.n_embd,
    vocab_size: fields.vocab_size,
    layer_norm_epsilon: fields.layer_norm_epsilon,
    bos_token_id: fields.bos_token_id,
    eos_token_id: Array.isArray(eos) ? eos[0] : eos
  };
  for (const name of ['embd_pdrop', 'attn_pdrop', 'resid_pdrop'] as const) {
    const p = fields[name];
    if (typeof p === 'number') config[name] = p;
  }
  checkTogether(config);
  return config;
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
  const actual = issue.received === 'undefined' ? 'nothing' : issue.received.slice(0, SHOWN_LETTERS);
  return new ConfigError(
    mustBe(`parseConfig: ${field}`, issue.message, actual, ADVICE[field] ?? DEFAULT_ADVICE)
  );
}
