import * as tf from '@tensorflow/tfjs-core';
import type { RawWeights } from '../checkpoint/checkpoint.ts';
import type { Gpt2Config } from './config.ts';
import { heapTensor, type HeapTensor } from './heap-tensor.ts';
import { scoreFactor } from './score-factor.ts';
import { mustBe, WeightsError } from '../errors.ts';
import type { LayerNormWeights } from '../ops/layer-norm.ts';
import type { LinearWeights } from '../ops/linear.ts';
import { HALVES_IN_A_WORD, isHalved, readsHalves } from '../ops/halves.ts';
import { PANELS_RANK, readsPanels, toPanels } from '../ops/panels.ts';
import { tensorOfTable, type Table } from '../ops/table.ts';
import type { WeightSink, WeightTarget } from '../checkpoint/tensor-feed.ts';
import {
  elementCount,
  isActivationParameter,
  isConv1dWeight,
  LM_HEAD,
  WTE
} from '../checkpoint/weight-spec.ts';
import type { MlpActivation } from '../ops/activation.ts';
import { ACTIVATION_PARAMETERS, activationKind } from '../ops/activation-scalar.ts';

/**
 * How weights lie: those of linear layers in panels where the backend reads these, which is faster, and float16 as it is where
 * the backend widens it; or always in rows and in float32.
 */
export type WeightLayout = 'panels' | 'rows';

export interface BlockWeights {
  readonly ln_1: LayerNormWeights;
  /** The thirds of attn.c_attn, [n_embd, n_embd] each: kept apart so that no pass has to split. */
  readonly c_attn: { readonly q: LinearWeights; readonly k: LinearWeights; readonly v: LinearWeights };
  /** `score_factor`: what the scores are multiplied with beside 1 / sqrt(d_head); 1 in GPT-2. */
  readonly attn: { readonly c_proj: LinearWeights; readonly score_factor: number };
  readonly ln_2: LayerNormWeights;
  readonly mlp: { readonly c_fc: LinearWeights; readonly act: MlpActivation; readonly c_proj: LinearWeights };
}

export interface Gpt2Weights {
  /** [vocab_size, n_embd]: the token embedding. */
  readonly wte: Table;
  /** [n_ctx, n_embd] */
  readonly wpe: tf.Tensor2D;
  readonly h: readonly BlockWeights[];
  readonly ln_f: LayerNormWeights;
  /** [vocab_size, n_embd]: the matrix that logits are read with; in GPT-2 it is `wte`, the same tensor. */
  readonly lm_head: Table;
}

const THIRDS = ['q', 'k', 'v'] as const;
const C_ATTN = /\.attn\.c_attn\.(weight|bias)$/;

/**
 * Makes tensors of the current backend, laid out for the forward pass, one after another in any order.
 *
 * Memory: `sink` writes straight into the backend's heap where there is one, so a tensor never stands twice. Weights that
 *         are laid out in panels arrive in one room, one at a time: the holes of many would stay. That room is wte's own
 *         until wte arrives, last in the hub's files. `finish` hands the tensors to the caller, `dispose` frees those made
 *         so far.
 */
export class WeightsBuilder {
  readonly #config: Gpt2Config;
  readonly #layout: WeightLayout;
  readonly #tensors = new Map<string, tf.Tensor>();
  /** What activations learned: single numbers, which need no tensor. */
  readonly #numbers = new Map<string, Float32Array>();
  /** At most one in float32 and one in halves. */
  #arrivals: HeapTensor[] = [];
  #wteRoom: HeapTensor | null = null;

  constructor(config: Gpt2Config, layout: WeightLayout = 'panels') {
    this.#config = config;
    this.#layout = layout;
  }

  /**
   * Room for a tensor; it is part of the result once all its values are there, which must be before the next is asked for.
   *
   * Throws: DeviceMemoryError if the backend has no room left.
   */
  readonly sink: WeightSink = (name, shape, dtype) => {
    const count = elementCount(shape);
    if (isActivationParameter(name)) return this.#roomForNumber(name, count);
    const isHalf = dtype === 'F16' && this.#staysHalf(name, shape);
    const arrivals = this.#isLaidOut(name, shape) ? this.#roomForArrivals(isHalf) : null;
    if (arrivals) {
      const values = () => arrivals.values().subarray(0, count);
      return { values, done: () => this.#layOut(name, shape, arrivals.tensor) };
    }
    const room = this.#roomFor(name, shape, isHalf);
    if (room) {
      this.#tensors.set(name, room.tensor);
      return { values: room.values, done: () => {} };
    }
    const values = new Float32Array(count);
    return { values: () => values, done: () => this.add(name, shape, values) };
  };

  /** Takes a whole tensor. Memory: `values` belongs to the backend from here on. */
  add(name: string, shape: number[], values: Float32Array): void {
    if (isActivationParameter(name)) this.#numbers.set(name, values);
    else if (this.#isLaidOut(name, shape)) {
      const weight = tf.tensor(values, shape);
      this.#layOut(name, shape, weight);
      weight.dispose();
    } else if (C_ATTN.test(name)) this.#addThirds(name, shape, values);
    else this.#tensors.set(name, tf.tensor(values, shape));
  }

  /** True for a linear layer's weight where the backend reads panels, and its columns, or a third of them, fill those. */
  #isLaidOut(name: string, shape: readonly number[]): boolean {
    if (this.#layout !== 'panels' || !isConv1dWeight(name)) return false;
    return readsPanels(shape.at(-1)! / (C_ATTN.test(name) ? THIRDS.length : 1));
  }

  /** True for the large weights, where the backend reads halves: a linear layer's in panels, and those of which rows are read. */
  #staysHalf(name: string, shape: readonly number[]): boolean {
    if (this.#layout !== 'panels' || !readsHalves()) return false;
    const isTable = (name === WTE || name === LM_HEAD) && shape[1] % HALVES_IN_A_WORD === 0;
    return isTable || this.#isLaidOut(name, shape);
  }

  #roomForNumber(name: string, count: number): WeightTarget {
    const values = new Float32Array(count);
    this.#numbers.set(name, values);
    return { values: () => values, done: () => {} };
  }

  /** A tensor's own room; null where its values do not stay as they come, or the backend has no heap. */
  #roomFor(name: string, shape: number[], isHalf: boolean): HeapTensor | null {
    if (C_ATTN.test(name)) return null;
    this.#tensors.get(name)?.dispose(); // a second room, of another type
    const made = name === WTE ? this.#wteRoom : null;
    if (made) this.#wteRoom = null;
    if (made && isHalved(made.tensor) === isHalf) return made;
    made?.tensor.dispose();
    return heapTensor(name, shape, isHalf);
  }

  /** At least as long as the longest weight of a linear layer; null where the backend has no heap. */
  #roomForArrivals(isHalf: boolean): HeapTensor | null {
    const { n_embd, n_inner, vocab_size } = this.#config;
    const longest = n_embd * Math.max(THIRDS.length * n_embd, n_inner);
    const isOfType = ({ tensor }: HeapTensor) => isHalved(tensor) === isHalf;
    const fitsInWte = longest <= vocab_size * n_embd && !this.#tensors.has(WTE);
    if (fitsInWte) this.#wteRoom ??= heapTensor(WTE, [vocab_size, n_embd], isHalf);
    if (fitsInWte && this.#wteRoom && isOfType(this.#wteRoom)) return this.#wteRoom;
    const found = this.#arrivals.find(isOfType);
    const made = found ?? heapTensor('a weight in rows', [longest], isHalf);
    if (made && !found) this.#arrivals.push(made);
    return made;
  }

  /** Makes panels of a linear layer's weight, c_attn's by thirds. Leaves `weight` alone, which may be longer. */
  #layOut(name: string, [inputs, stride]: readonly number[], weight: tf.Tensor): void {
    const names = C_ATTN.test(name) ? THIRDS.map((part) => thirdName(name, part)) : [name];
    const outputs = stride / names.length;
    names.forEach((own, i) => {
      this.#tensors.set(own, toPanels(weight, [inputs, stride], i * outputs, outputs)!);
    });
  }

  /** Throws: WeightsError if a tensor is missing (`CheckpointReader` has checked names and shapes before). */
  finish(): Gpt2Weights {
    const { n_layer } = this.#config;
    this.#disposeArrivals();
    const wte = this.#table(WTE);
    return {
      wte,
      wpe: this.#take('wpe.weight'),
      h: Array.from({ length: n_layer }, (_, layer) => this.#block(layer)),
      ln_f: this.#layerNorm('ln_f'),
      lm_head: this.#tensors.has(LM_HEAD) ? this.#table(LM_HEAD) : wte
    };
  }

  dispose(): void {
    this.#disposeArrivals();
    tf.dispose([...this.#tensors.values()]);
    this.#tensors.clear();
  }

  #disposeArrivals(): void {
    for (const { tensor } of this.#arrivals) tensor.dispose();
    this.#wteRoom?.tensor.dispose();
    this.#arrivals = [];
    this.#wteRoom = null;
  }

  /** The thirds of c_attn lie side by side: [n_embd, 3 n_embd] and [3 n_embd], columns in the order q, k, v. */
  #addThirds(name: string, shape: number[], values: Float32Array): void {
    const width = shape.at(-1)!;
    const third = width / THIRDS.length;
    const ownShape = [...shape.slice(0, -1), third];
    THIRDS.forEach((part, i) => {
      const own = columns(values, width, i * third, third);
      this.add(thirdName(name, part), ownShape, own);
    });
  }

  #block(layer: number): BlockWeights {
    const name = `h.${layer}`;
    const third = (part: (typeof THIRDS)[number]) => this.#linear(thirdName(`${name}.attn.c_attn`, part));
    return {
      ln_1: this.#layerNorm(`${name}.ln_1`),
      c_attn: { q: third('q'), k: third('k'), v: third('v') },
      attn: { c_proj: this.#linear(`${name}.attn.c_proj`), score_factor: scoreFactor(this.#config, layer) },
      ln_2: this.#layerNorm(`${name}.ln_2`),
      mlp: {
        c_fc: this.#linear(`${name}.mlp.c_fc`),
        act: this.#activation(`${name}.mlp.act`),
        c_proj: this.#linear(`${name}.mlp.c_proj`)
      }
    };
  }

  #activation(name: string): MlpActivation {
    const { activation_function } = this.#config;
    const learned = Object.keys(ACTIVATION_PARAMETERS[activationKind(activation_function)] ?? {});
    const parameters = learned.map((part) => [part, this.#numbers.get(`${name}.${part}`)![0]]);
    return { name: activation_function, parameters: Object.fromEntries(parameters) };
  }

  #linear(name: string): LinearWeights {
    const weight = this.#take(`${name}.weight`);
    const bias = this.#take<tf.Tensor1D>(`${name}.bias`);
    const isLaidOut = weight.rank === PANELS_RANK;
    return isLaidOut ? { panels: weight as tf.Tensor3D, bias } : { weight: weight as tf.Tensor2D, bias };
  }

  #table(name: string): Table {
    const tensor = this.#take<tf.Tensor2D>(name);
    const [rows, words] = tensor.shape;
    return isHalved(tensor) ? { halves: tensor, shape: [rows, HALVES_IN_A_WORD * words] } : tensor;
  }

  #layerNorm(name: string): LayerNormWeights {
    const epsilon = this.#config.layer_norm_epsilon;
    return { weight: this.#take(`${name}.weight`), bias: this.#take(`${name}.bias`), epsilon };
  }

  #take<T extends tf.Tensor>(name: string): T {
    const found = this.#tensors.get(name);
    if (found) return found as T;
    throw new WeightsError(mustBe(`weights: ${name}`, 'present', 'nothing', 'Read the checkpoint again.'));
  }
}

/** h.0.attn.c_attn.weight → h.0.attn.q.c_attn.weight, and without the ending: each third a linear layer by itself. */
const thirdName = (name: string, part: string) => name.replace('.c_attn', `.${part}.c_attn`);

/** Columns [from, from + count) of a row-major [rows, width] matrix. */
function columns(values: Float32Array, width: number, from: number, count: number): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    out.set(values.subarray(row * width + from, row * width + from + count), row * count);
  }
  return out;
}

/**
 * Turns raw weights into tensors of the current backend, laid out for the forward pass.
 *
 * Memory: empties `raw` as it goes; the caller disposes the result with `disposeWeights`.
 * Throws: WeightsError if a tensor is missing (`readCheckpoint` has checked names and shapes before).
 */
export function uploadWeights(config: Gpt2Config, raw: RawWeights): Gpt2Weights {
  const builder = new WeightsBuilder(config);
  try {
    for (const [name, { shape, values }] of raw) {
      raw.delete(name);
      builder.add(name, shape, values);
    }
    return builder.finish();
  } catch (error) {
    builder.dispose();
    throw error;
  }
}

/** Disposes every tensor of the weights. */
export function disposeWeights(weights: Gpt2Weights): void {
  tf.dispose(tensorsOf(weights));
}

function tensorsOf({ wte, wpe, h, ln_f, lm_head }: Gpt2Weights): tf.Tensor[] {
  const linears = h.flatMap(({ c_attn: { q, k, v }, attn, mlp }) => [
    ...[q, k, v, attn.c_proj],
    ...[mlp.c_fc, mlp.c_proj]
  ]);
  const norms = [...h.flatMap(({ ln_1, ln_2 }) => [ln_1, ln_2]), ln_f];
  return [
    wpe,
    ...new Set([wte, lm_head].map(tensorOfTable)),
    ...norms.flatMap(({ weight, bias }) => [weight, bias]),
    ...linears.flatMap((linear) => ['panels' in linear ? linear.panels : linear.weight, linear.bias])
  ];
}
