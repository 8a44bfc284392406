/** A whole model folder, small enough to serve in a test: byte-level vocabulary, seeded weights. */
import { GPT2_COMPUTATION, type Gpt2Config } from '../../src/lib/gpt2/model/config.ts';
import { seededRandom } from '../../src/lib/gpt2/numbers/random.ts';
import { elementCount, weightSpec } from '../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { encodeFloats, makeSafetensors, type TestDtype, type TestTensor } from '../gpt2/make-safetensors.ts';

export type FolderFiles = Record<string, Uint8Array>;

export interface FolderOptions {
  readonly seed?: number;
  readonly dtype?: TestDtype;
  /** Before each name in model.safetensors. */
  readonly prefix?: '' | 'transformer.';
  /** Causal masks beside the parameters, as older checkpoints have. */
  readonly masks?: boolean;
  readonly config?: Partial<Gpt2Config>;
}

/** 256 bytes and `<|endoftext|>`. */
export const BYTE_VOCAB_SIZE = 257;

export const FOLDER_CONFIG: Gpt2Config = {
  n_layer: 2,
  n_head: 2,
  n_embd: 8,
  n_ctx: 160,
  n_inner: 32,
  vocab_size: BYTE_VOCAB_SIZE,
  layer_norm_epsilon: 1e-5,
  bos_token_id: 256,
  eos_token_id: [256],
  ...GPT2_COMPUTATION
};

const VALUE_STEP = 1 / 64; // values are multiples of it, exact in every dtype

/** GPT-2's letters for the 256 bytes: printable bytes stand for themselves, the others follow from 256 on. */
function byteLetters(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(printable(byte) ? byte : next++));
}

/** The tensors of the folder, with their names in the file. */
export function folderTensors(options: FolderOptions = {}): Map<string, TestTensor> {
  const { seed = 1, dtype = 'F32', prefix = '', masks = false } = options;
  const config = { ...FOLDER_CONFIG, ...options.config };
  const next = seededRandom(seed);
  const tensors = new Map<string, TestTensor>();
  for (const [name, shape] of weightSpec(config)) {
    const values = Array.from(
      { length: elementCount(shape) },
      () => Math.round((2 * next() - 1) * 64) * VALUE_STEP
    );
    const bytes = encodeFloats(values, dtype);
    tensors.set(prefix + name, { dtype, shape, bytes });
    if (masks && name.endsWith('ln_1.bias')) {
      const block = name.replace('ln_1.bias', '');
      tensors.set(`${prefix}${block}attn.bias`, causalMask(config.n_ctx));
    }
  }
  return tensors;
}

/** [1, 1, n, n] in F32: ones up to the diagonal, as torch.tril makes them. */
function causalMask(n: number): TestTensor {
  const values = Array.from({ length: n * n }, (_, i) => (i % n <= Math.floor(i / n) ? 1 : 0));
  return { dtype: 'F32', shape: [1, 1, n, n], bytes: encodeFloats(values, 'F32') };
}

export function makeFolder(options: FolderOptions = {}): FolderFiles {
  const encode = (text: string) => new TextEncoder().encode(text);
  const vocab = Object.fromEntries([...byteLetters(), '<|endoftext|>'].map((letter, id) => [letter, id]));
  return {
    'config.json': encode(JSON.stringify({ model_type: 'gpt2', ...FOLDER_CONFIG, ...options.config })),
    'vocab.json': encode(JSON.stringify(vocab)),
    'merges.txt': encode('#version: 0.2\n'),
    'model.safetensors': makeSafetensors(folderTensors(options))
  };
}
