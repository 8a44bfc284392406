/**
 * A GPT-2 of any shape with seeded random weights, as a model folder in Hugging Face's layout: what a pass costs does
 * not depend on what the model learned.
 */
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig, seededRandom, weightSpec } from '../../src/lib/gpt2/index.ts';

/** config.json of openai-community/gpt2, as far as it says what is computed. */
export const GPT2_SMALL = {
  model_type: 'gpt2',
  activation_function: 'gelu_new',
  n_layer: 12,
  n_head: 12,
  n_embd: 768,
  n_ctx: 1024,
  n_positions: 1024,
  vocab_size: 50257,
  layer_norm_epsilon: 1e-5,
  bos_token_id: 50256,
  eos_token_id: 50256
};

/** gpt2-nano's shape. */
export const GPT2_NANO = { ...GPT2_SMALL, n_embd: 192, n_ctx: 512, n_positions: 512 };

const FLOAT_BYTES = 4;
const HEADER_ALIGNMENT = 8; // safetensors pads its header with spaces
/** Half the width of a uniform distribution with GPT-2's initializer_range, a standard deviation of 0.02. */
const HALF_WIDTH = 0.02 * Math.sqrt(3);
const TOKENIZER_FILES = ['vocab.json', 'merges.txt'];

/** Values around 1 for the weights of LayerNorms, around 0 for everything else; each tensor has a seed of its own. */
function seededValues(name: string, count: number, seed: number): Float32Array {
  const next = seededRandom(seed);
  const centre = /ln_\w\.weight$/.test(name) ? 1 : 0;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = centre + (2 * next() - 1) * HALF_WIDTH;
  return values;
}

/** The safetensors header of these tensors, F32, one after another in order. */
function header(spec: ReadonlyMap<string, number[]>): Buffer {
  let offset = 0;
  const entries = [...spec].map(([name, shape]) => {
    const end = offset + FLOAT_BYTES * shape.reduce((product, length) => product * length, 1);
    const entry = [name, { dtype: 'F32', shape, data_offsets: [offset, end] }];
    offset = end;
    return entry;
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const padding = (HEADER_ALIGNMENT - (json.length % HEADER_ALIGNMENT)) % HEADER_ALIGNMENT;
  const length = Buffer.alloc(HEADER_ALIGNMENT);
  length.writeBigUInt64LE(BigInt(json.length + padding));
  return Buffer.concat([length, json, Buffer.alloc(padding, ' ')]);
}

function writeWeights(path: string, spec: ReadonlyMap<string, number[]>): void {
  const unfinished = `${path}.part`;
  const file = openSync(unfinished, 'w');
  writeSync(file, header(spec));
  let seed = 0;
  for (const [name, shape] of spec) {
    const count = shape.reduce((product, length) => product * length, 1);
    writeSync(file, new Uint8Array(seededValues(name, count, seed++).buffer));
  }
  closeSync(file);
  renameSync(unfinished, path); // a run that was stopped leaves nothing that looks whole
}

/**
 * Writes the model folder unless it is there.
 *
 * @param tokenizer a model folder whose vocabulary is taken
 */
export function ensureSeededCheckpoint(folder: string, config: typeof GPT2_SMALL, tokenizer: string): void {
  const weights = join(folder, 'model.safetensors');
  if (existsSync(weights)) return;
  process.stderr.write(`Making seeded weights in ${folder} …\n`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config, null, 2));
  for (const name of TOKENIZER_FILES) copyFileSync(join(tokenizer, name), join(folder, name));
  writeWeights(weights, weightSpec(parseConfig(config)));
}
