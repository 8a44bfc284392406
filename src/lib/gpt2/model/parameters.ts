/** A model's parameters by name, as its checkpoint has them. */
import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from './config.ts';
import { elementCount, isConv1dWeight, LM_HEAD, weightSpec } from '../checkpoint/weight-spec.ts';
import { weightOf, type LinearWeights } from '../ops/linear.ts';
import type { LayerNormWeights } from '../ops/layer-norm.ts';
import { wholeTable } from '../ops/table.ts';
import type { BlockWeights, Gpt2Weights } from './weights.ts';

export interface ParameterInfo {
  /** As Hugging Face's `named_parameters()` of GPT2LMHeadModel. */
  readonly name: string;
  /** Linear layers are Conv1D: [inputs, outputs]. */
  readonly shape: readonly number[];
  readonly count: number;
  /** Name of the parameter that this one is, if it is the same numbers under a second name. */
  readonly tiedTo: string | null;
  /** True for [inputs, outputs] weights, which torch.nn.Linear would store transposed. */
  readonly conv1d: boolean;
}

const PREFIX = 'transformer.';
const EMBEDDING = 'transformer.wte.weight';

/**
 * Every parameter of a model in the checkpoint's order, the output matrix last, which is wte in GPT-2.
 *
 * Source: transformers, GPT2LMHeadModel.named_parameters(remove_duplicate=False).
 */
export function listParameters(config: Gpt2Config): ParameterInfo[] {
  const own = [...weightSpec(config)].map(([name, shape]) => ({
    name: PREFIX + name,
    shape,
    count: elementCount(shape),
    tiedTo: null,
    conv1d: isConv1dWeight(name)
  }));
  const { shape, count } = own[0];
  const tiedTo = config.tie_word_embeddings ? EMBEDDING : null;
  return [...own, { name: LM_HEAD, shape, count, tiedTo, conv1d: false }];
}

/**
 * Reads one parameter from the device.
 *
 * Shapes: as `listParameters` says, row-major.
 * Memory: leaves no tensor behind; the array is the caller's.
 * Throws: InputError if the model has no parameter of this name.
 */
export async function readParameter(weights: Gpt2Weights, name: string): Promise<Float32Array> {
  const tensor = parameterTensor(weights, name);
  try {
    return Float32Array.from((await tensor.data()) as Float32Array);
  } finally {
    tensor.dispose();
  }
}

/**
 * One parameter as a tensor.
 *
 * Shapes: as `listParameters` says.
 * Memory: the caller disposes the tensor; the weights stay as they are.
 * Throws: InputError if the model has no parameter of this name.
 */
export function parameterTensor(weights: Gpt2Weights, name: string): tf.Tensor {
  const path = name.replace(PREFIX, '').split('.');
  return tf.tidy(() => {
    const found = find(weights, path);
    if (found) return found;
    const advice = 'Take a name from listParameters.';
    throw new InputError(mustBe('readParameter: name', 'a parameter of this model', name, advice));
  });
}

/** A tensor of the reader's own: the thirds of c_attn joined, anything else a second handle on the same data. */
function find({ wte, wpe, h, ln_f, lm_head }: Gpt2Weights, path: readonly string[]): tf.Tensor | null {
  const [first, second, ...rest] = path;
  if (path.join('.') === 'wte.weight') return wholeTable(wte);
  if (path.join('.') === 'wpe.weight') return wpe.clone();
  if (path.join('.') === LM_HEAD) return wholeTable(lm_head);
  if (first === 'ln_f') return part(ln_f, [second]);
  const block = first === 'h' ? (h[Number(second)] as BlockWeights | undefined) : undefined;
  return block ? findInBlock(block, rest) : null;
}

function findInBlock(block: BlockWeights, [module, name, ...rest]: readonly string[]): tf.Tensor | null {
  switch (module) {
    case 'ln_1':
      return part(block.ln_1, [name]);
    case 'ln_2':
      return part(block.ln_2, [name]);
    case 'attn':
      return name === 'c_attn'
        ? joinThirds(block.c_attn, rest)
        : name === 'c_proj'
          ? part(block.attn.c_proj, rest)
          : null;
    case 'mlp':
      if (name === 'act') return learned(block.mlp.act.parameters[rest[0]]);
      return name === 'c_fc' || name === 'c_proj' ? part(block.mlp[name], rest) : null;
    default:
      return null;
  }
}

/** What an activation learned is kept as a number. */
function learned(value: number | undefined): tf.Tensor | null {
  return value === undefined ? null : tf.tensor1d([value]);
}

function part(weights: LinearWeights | LayerNormWeights, names: readonly string[]): tf.Tensor | null {
  if (names.length !== 1) return null;
  if (names[0] === 'bias') return weights.bias.clone();
  if (names[0] !== 'weight') return null;
  return 'epsilon' in weights ? weights.weight.clone() : weightOf(weights);
}

function joinThirds({ q, k, v }: BlockWeights['c_attn'], names: readonly string[]): tf.Tensor | null {
  if (names[0] === 'weight') return tf.concat([q, k, v].map(weightOf), 1);
  return names[0] === 'bias' ? tf.concat([q.bias, k.bias, v.bias]) : null;
}
