/**
 * Finds the parameters of a GPT-2 among the tensors of a file, by name, shape and dtype; values are not needed.
 */
import type { Gpt2Config } from '../model/config.ts';
import { mustBe, WeightsError } from '../errors.ts';
import type { SafetensorEntry } from './safetensors.ts';
import { canonicalName, isConv1dWeight, LM_HEAD, weightSpec, WTE } from './weight-spec.ts';
import { valueBytes } from './widen.ts';

/** What has to be known of a tensor to tell whether it fits; a safetensors header says it. */
type TensorInfo = Pick<SafetensorEntry, 'name' | 'dtype' | 'shape'>;

const OTHER_CONFIG = 'Use the config.json and model.safetensors of one model.';
/** Of a checkpoint as nanoGPT writes it: torch.nn.Linear's weights, and the names that torch.compile makes. */
const NANOGPT =
  'This is how nanoGPT writes its checkpoints; Hugging Face needs other names and transposed weights. Convert it: ' +
  `python -c "from safetensors.torch import load_file as l, save_file as s; ` +
  `t = ('c_attn.weight', 'c_proj.weight', 'c_fc.weight'); ` +
  `s({k.removeprefix('_orig_mod.'): v.t().contiguous() if k.endswith(t) else v ` +
  `for k, v in l('model.safetensors').items()}, 'converted.safetensors', {'format': 'pt'})"`;
const COMPILED = '_orig_mod.';

/** A file's parameters by name without prefix, and the names of its other tensors, which Hugging Face leaves out, too. */
export interface MatchedTensors<T extends TensorInfo> {
  readonly found: Map<string, T>;
  readonly leftOut: readonly string[];
}

/**
 * Finds the parameters of a whole checkpoint and checks their shapes and dtypes; lm_head.weight is among them where the
 * file has it.
 *
 * Throws: WeightsError that names the tensor.
 */
export function matchTensors<T extends TensorInfo>(
  config: Gpt2Config,
  tensors: ReadonlyMap<string, T>
): Map<string, T> {
  const { found } = matchFile(config, tensors);
  expectAll(config, found);
  return found;
}

/** As `matchTensors` for one file of several: it need not hold every parameter. */
export function matchFile<T extends TensorInfo>(
  config: Gpt2Config,
  tensors: ReadonlyMap<string, T>
): MatchedTensors<T> {
  const spec = weightSpec(config);
  spec.set(LM_HEAD, spec.get(WTE)!);
  const found = new Map<string, T>();
  const leftOut: string[] = [];
  for (const tensor of tensors.values()) {
    const name = canonicalName(tensor.name);
    const shape = spec.get(name);
    if (!shape) {
      if (tensor.name.startsWith(COMPILED)) fail(tensor.name, 'a name of Hugging Face', 'another', NANOGPT);
      leftOut.push(tensor.name);
      continue;
    }
    if (found.has(name)) {
      const advice = 'Save the checkpoint with one of the two spellings.';
      fail(name, 'in the file once', 'two of it, with and without "transformer."', advice);
    }
    expectShapeAndDtype(name, shape, tensor);
    found.set(name, tensor);
  }
  return { found, leftOut };
}

/**
 * Checks that no parameter is missing. wte may be: lm_head, which it is tied to, then stands for both.
 *
 * Throws: WeightsError that names the tensor.
 */
export function expectAll(config: Gpt2Config, found: ReadonlyMap<string, unknown>): void {
  const hasHead = found.has(LM_HEAD);
  for (const name of weightSpec(config).keys()) {
    if (found.has(name) || (name === WTE && hasHead && config.tie_word_embeddings)) continue;
    const advice = `The file has no such tensor, but config.json asks for it. ${OTHER_CONFIG}`;
    fail(name, 'in the file', 'nothing', advice);
  }
  if (hasHead || config.tie_word_embeddings) return;
  const advice = `config.json says "tie_word_embeddings": false, and so an output matrix of its own. ${OTHER_CONFIG}`;
  fail(LM_HEAD, 'in the file', 'nothing', advice);
}

function expectShapeAndDtype(name: string, shape: readonly number[], tensor: TensorInfo): void {
  if (valueBytes(tensor.dtype) === null) {
    fail(name, 'F64, F32, F16 or BF16', tensor.dtype, 'Save the checkpoint in one of these dtypes.');
  }
  if (!sameShape(shape, tensor.shape)) {
    const transposed = isConv1dWeight(name) && sameShape([...shape].reverse(), tensor.shape);
    const advice = transposed
      ? `This is the transpose: GPT-2 stores [inputs, outputs] (Conv1D), not as torch.nn.Linear does. ${NANOGPT}`
      : OTHER_CONFIG;
    fail(name, `of shape [${shape.join(', ')}]`, `[${tensor.shape.join(', ')}]`, advice);
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function fail(tensor: string, expected: string, actual: unknown, advice: string): never {
  throw new WeightsError(mustBe(`readCheckpoint: ${tensor}`, expected, actual, advice));
}
