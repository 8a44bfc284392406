/**
 * Reads a GPT-2 checkpoint: the parameters config.json promises, all of them, in float32, and nothing else.
 * Names may carry Hugging Face's `transformer.` prefix; causal masks and a tied lm_head.weight are left out.
 */
import type { Gpt2Config } from './config.ts';
import { mustBe, WeightsError } from './errors.ts';
import { parseSafetensors, toFloat32, type SafetensorView } from './safetensors.ts';
import { canonicalName, isConv1dWeight, isMaskBuffer, weightSpec } from './weight-spec.ts';

/** All parameters by their name in the checkpoint, without prefix; values flat and row-major. */
export type RawWeights = Map<string, { shape: number[]; values: Float32Array }>;

/** What has to be known of a tensor to tell whether it fits; a safetensors header says it. */
type TensorInfo = Pick<SafetensorView, 'name' | 'dtype' | 'shape'>;

const WTE = 'wte.weight';
const LM_HEAD = 'lm_head.weight';
const USABLE_DTYPES = ['F32', 'F16', 'BF16'];
const OTHER_CONFIG = 'Use the config.json and model.safetensors of one model.';

/**
 * Reads and checks a whole model.safetensors.
 *
 * Memory: new float32 arrays (4 bytes a parameter); `bytes` is not kept.
 * Throws: WeightsError that names the tensor: a broken file, a missing, unexpected or doubled tensor, a wrong shape
 *         or dtype, a NaN or infinite value, or an lm_head.weight that is not wte.weight.
 */
export function readCheckpoint(config: Gpt2Config, bytes: Uint8Array): RawWeights {
  const tensors = matchTensors(config, parseSafetensors(bytes));
  const weights: RawWeights = new Map();
  for (const [name, shape] of weightSpec(config)) {
    const values = toFloat32(tensors.get(name)!);
    expectFinite(name, shape, values);
    weights.set(name, { shape, values });
  }
  const lmHead = tensors.get(LM_HEAD);
  if (lmHead) expectTied(toFloat32(lmHead), weights.get(WTE)!.values, config.n_embd);
  return weights;
}

/**
 * Finds each parameter among a file's tensors and checks its shape and dtype; values are not needed.
 * Returns the parameters by name without prefix, and lm_head.weight where there is one, without the causal masks.
 *
 * Throws: WeightsError that names the tensor.
 */
export function matchTensors<T extends TensorInfo>(
  config: Gpt2Config,
  tensors: Map<string, T>
): Map<string, T> {
  const spec = weightSpec(config);
  const found = withoutPrefix(tensors);
  for (const name of spec.keys()) {
    if (!found.has(name)) {
      const advice = `The file has no such tensor, but config.json asks for it. ${OTHER_CONFIG}`;
      fail(name, 'in the file', 'nothing', advice);
    }
  }
  for (const [name, tensor] of found) {
    const shape = name === LM_HEAD ? spec.get(WTE) : spec.get(name);
    if (!shape) fail(tensor.name, 'left out', 'a tensor that this GPT-2 does not have', OTHER_CONFIG);
    expectShapeAndDtype(name, shape, tensor);
  }
  return found;
}

function withoutPrefix<T extends TensorInfo>(tensors: Map<string, T>): Map<string, T> {
  const found = new Map<string, T>();
  for (const tensor of tensors.values()) {
    if (isMaskBuffer(tensor.name)) continue;
    const name = canonicalName(tensor.name);
    if (found.has(name)) {
      const advice = 'Save the checkpoint with one of the two spellings.';
      fail(name, 'in the file once', 'two of it, with and without "transformer."', advice);
    }
    found.set(name, tensor);
  }
  return found;
}

function expectShapeAndDtype(name: string, shape: number[], tensor: TensorInfo): void {
  if (!USABLE_DTYPES.includes(tensor.dtype)) {
    fail(name, 'F32, F16 or BF16', tensor.dtype, 'Save the checkpoint in one of these dtypes.');
  }
  if (!sameShape(shape, tensor.shape)) {
    const transposed = isConv1dWeight(name) && sameShape([...shape].reverse(), tensor.shape);
    const advice = transposed
      ? 'This is the transpose: GPT-2 stores [inputs, outputs] (Conv1D), not as torch.nn.Linear does; transpose it.'
      : OTHER_CONFIG;
    fail(name, `of shape [${shape.join(', ')}]`, `[${tensor.shape.join(', ')}]`, advice);
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function expectFinite(name: string, shape: number[], values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      const at = shape.length === 2 ? [Math.floor(i / shape[1]), i % shape[1]] : [i];
      const advice = 'Training diverged or the file is damaged; use another checkpoint.';
      fail(`${name}[${at.join(', ')}]`, 'a finite number', values[i], advice);
    }
  }
}

/** Logits are read with wte, so an output matrix of its own would be lost. */
function expectTied(lmHead: Float32Array, wte: Float32Array, n_embd: number): void {
  for (let i = 0; i < wte.length; i++) {
    if (lmHead[i] !== wte[i]) {
      const at = `[${Math.floor(i / n_embd)}, ${i % n_embd}]`;
      const advice = 'The output weights are not tied to the embedding; this model cannot be shown.';
      fail(`${LM_HEAD}${at}`, `${WTE}${at} = ${wte[i]}`, lmHead[i], advice);
    }
  }
}

function fail(tensor: string, expected: string, actual: unknown, advice: string): never {
  throw new WeightsError(mustBe(`readCheckpoint: ${tensor}`, expected, actual, advice));
}
