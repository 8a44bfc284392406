/** How large the files of a model can be: an answer that claims more is not taken. */
import { parameterCount, parseConfig, type Gpt2Config } from '../../gpt2/index.ts';
import { parsePythonJson } from '../../gpt2/checkpoint/python-json.ts';
import { isWeights } from './source.ts';

const CONFIG = 'config.json';
const CONFIG_BYTES = 2 ** 20; // GPT-2's has 665
const TOKENIZER_BYTES = 2 ** 25; // GPT-2's tokenizer.json has 1.4 MB
/** Bytes of one value in the widest dtype. */
const WIDEST = 8;
/** The header, and tensors that are left out when a checkpoint is read, such as a value head's. */
const OTHER_BYTES = 2 ** 26;

/** What config.json says of the other files; null as long as it was not read, or cannot be used. */
export function configOf(bytes: Uint8Array): Gpt2Config | null {
  try {
    return parseConfig(parsePythonJson(new TextDecoder().decode(bytes)));
  } catch {
    return null; // its reader says why
  }
}

/** The most bytes that a file of a model can have. */
export function mostBytes(name: string, config: Gpt2Config | null): number {
  if (name === CONFIG) return CONFIG_BYTES;
  if (!isWeights(name)) return TOKENIZER_BYTES;
  if (config === null) return Infinity;
  const { n_layer, n_ctx, n_embd, vocab_size } = config;
  const lmHead = vocab_size * n_embd;
  const masks = n_layer * n_ctx ** 2;
  return WIDEST * (parameterCount(config) + lmHead + masks) + OTHER_BYTES;
}
