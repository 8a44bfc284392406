/**
 * Finds the parameters of a GPT-2 among the tensors of a file, by name, shape and dtype; values are not needed.
 */
import type { Gpt2Config } from '../model/config.ts';
import { mustBe, WeightsError } from '../errors.ts';
import type { SafetensorEntry } from './safetensors.ts';
import { canonicalName, isConv1dWeight, isMaskBuffer, weightSpec } from './weight-spec.ts';
import { valueBytes } from './widen.ts';

/** What has to be known of a tensor to tell whether it fits; a safetensors header says it. */
type TensorInfo = Pick<SafetensorEntry, 'name' | 'dtype' | 'shape'>;

export const WTE = 'wte.weight';
export const LM_HEAD = 'lm_head.weight';
const OTHER_CONFIG = 'Use the config.json and model.safetensors of one model.';

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
  if (valueBytes(tensor.dtype) === null) {
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

function fail(tensor: string, expected: string, actual: unknown, advice: string): never {
  throw new WeightsError(mustBe(`readCheckpoint: ${tensor}`, expected, actual, advice));
}
