import * as tf from '@tensorflow/tfjs-core';
import { activationKind, exportName, type ActivationName } from './activations.ts';
import { headResults } from '../ops/attention.ts';
import { edit, pointsOf } from '../model/pass.ts';
import { InputError, mustBe } from '../errors.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { lookAt, lookAtOnce, lookAtRows } from '../ops/look-at.ts';
import { cropRows, cropSquares, maskInfinite } from './padding.ts';
import { embedPositions, embedTokens } from './embed.ts';
import type { TraceBlocks } from './blocks.ts';
import { expectIndex } from './expect-index.ts';
import { oneHead } from './one-head.ts';
import type { TraceLogits } from './logits.ts';
import type { Activation, TraceParts } from './parts.ts';

/**
 * Reads a trace's activations to the CPU: those it holds, those of its blocks, and those that are computed when read.
 *
 * Memory: what is computed to be read is freed again; blocks that are rebuilt stay within `TraceBlocks`' budget.
 */
export class TraceActivations {
  readonly #parts: TraceParts;
  readonly #blocks: TraceBlocks;
  readonly #logits: TraceLogits;

  constructor(parts: TraceParts, blocks: TraceBlocks, logits: TraceLogits) {
    this.#parts = parts;
    this.#blocks = blocks;
    this.#logits = logits;
  }

  /**
   * One activation, or one head of it.
   *
   * Shapes: as in `ACTIVATIONS`; with `head`, without the head axis.
   * Throws: InputError if the name, layer or head is not in this model.
   */
  async read(name: ActivationName, layer?: number, head?: number): Promise<Activation> {
    const { model, ids } = this.#parts.pass;
    const { config } = model;
    const kind = activationKind(name, layer, config);
    const shape = kind.shape(config, ids.length);
    const fullName = exportName(name, layer);
    if (head !== undefined && (name === 'pattern' || name === 'attn_scores')) {
      expectIndex(`read: head of ${name}`, head, config.n_head);
      return { fullName, shape: shape.slice(1), data: await this.#readSquare(name, layer!, head) };
    }
    const whole = { fullName, shape, data: await this.#readWhole(name, layer, shape) };
    return head === undefined ? whole : oneHead(whole, name, head, config.n_head);
  }

  /**
   * One position's row, [width].
   *
   * Throws: InputError if the activation does not have one row for each position, or the layer or position is not in this run.
   */
  async row(name: ActivationName, layer: number | undefined, position: number): Promise<Float32Array> {
    const { model, ids } = this.#parts.pass;
    const shape = activationKind(name, layer, model.config).shape(model.config, ids.length);
    expectIndex(`row: position of ${name}`, position, ids.length);
    if (
      name === 'result' ||
      name === 'logits' ||
      shape[0] !== ids.length ||
      name === 'pattern' ||
      name === 'attn_scores'
    ) {
      const advice = 'Read it whole, or one head of it.';
      throw new InputError(mustBe('row: name', 'an activation with one row a position', name, advice));
    }
    const { tensor, temporary } = this.#tensor(name, layer);
    try {
      return await lookAtRows(tensor, position, 1, (row) => row.slice());
    } finally {
      if (temporary) tensor.dispose();
    }
  }

  async #readSquare(name: 'pattern' | 'attn_scores', layer: number, head: number): Promise<Float32Array> {
    const T = this.#parts.pass.ids.length;
    const square = await lookAtRows(this.#blocks.get(layer)[name], head, 1, (padded) =>
      cropSquares(padded, 1, this.#parts.pass.paddedIds.length, T)
    );
    return name === 'pattern' ? square : maskInfinite(square, 1, T);
  }

  async #readWhole(name: ActivationName, layer: number | undefined, shape: number[]): Promise<Float32Array> {
    const { paddedIds, model } = this.#parts.pass;
    const padded = paddedIds.length;
    const { n_layer, n_head, n_embd } = model.config;
    const T = this.#parts.pass.ids.length;
    if (name === 'logits') return this.#logits.at(n_layer, 'all');
    if (name === 'result') {
      const { pass } = this.#parts;
      const results = tf.tidy(() => {
        const own = headResults(this.#blocks.get(layer!).z, model.weights.h[layer!].attn.c_proj, n_head);
        return edit(pass, 'result', layer, tf.transpose(own, [1, 0, 2])); // [T, n_head, n_embd]
      });
      return lookAtOnce(results, (values) => cropRows(values, T, n_head * n_embd));
    }
    const { tensor, temporary } = this.#tensor(name, layer);
    const width = shape.slice(1).reduce((product, size) => product * size, 1);
    const crop = (values: Float32Array) => {
      if (name === 'pattern') return cropSquares(values, n_head, padded, T);
      if (name === 'attn_scores') return maskInfinite(cropSquares(values, n_head, padded, T), n_head, T);
      return cropRows(values, T, width);
    };
    return temporary ? lookAtOnce(tensor, crop) : lookAt(tensor, crop);
  }

  /** The tensor an activation is read from; a temporary one belongs to the reader. */
  #tensor(name: ActivationName, layer: number | undefined): { tensor: tf.Tensor; temporary: boolean } {
    const { pass, resid } = this.#parts;
    const { weights, config } = pass.model;
    switch (name) {
      case 'embed':
        return { tensor: tf.tidy(() => embedTokens(pass)), temporary: true };
      case 'pos_embed':
        return { tensor: tf.tidy(() => embedPositions(pass)), temporary: true };
      case 'ln_final.scale':
      case 'ln_final.normalized': {
        const { scale, normalized } = layerNorm(
          resid[config.n_layer],
          weights.ln_f,
          'ln_final',
          pointsOf(pass)
        );
        const wanted = name === 'ln_final.scale' ? scale : normalized;
        tf.dispose(wanted === scale ? normalized : scale);
        return { tensor: wanted, temporary: true };
      }
      case 'resid_pre':
        return { tensor: tf.tidy(() => edit(pass, name, layer, resid[layer!]).clone()), temporary: true };
      case 'resid_post':
        return { tensor: resid[layer! + 1], temporary: false };
      case 'result':
      case 'logits':
        throw new Error(`trace: ${name} is computed elsewhere`);
      default:
        return { tensor: this.#blocks.get(layer!)[name], temporary: false };
    }
  }
}
