import type * as tf from '@tensorflow/tfjs-core';
import { UNEDITED, type NamedPoints } from '../ops/named-points.ts';
import type { Gpt2Transformer } from './model.ts';

/** What changes inside a run; made of a list of edits once, and asked at each named point. */
export interface PlannedEdits {
  /** Tells runs of equal ids apart: two plans with the same key change the same values in the same way. */
  readonly key: string;
  /** The first block that they change; −1 if they change the embeddings before, n_layer if they change what comes after. */
  readonly firstLayer: number;
  /** True if a value of this name may change, in this layer or, without one, in the model. */
  touches(name: string, layer?: number): boolean;
  /** The value after the edits of this name. Memory: leaves `value` alone; call it in a `tf.tidy`. */
  apply<T extends tf.Tensor>(name: string, layer: number | undefined, value: T): T;
}

/** All that a run of one prompt is computed from, made once. */
export interface Pass {
  readonly model: Gpt2Transformer;
  readonly ids: readonly number[];
  /** The ids with filler at the end; its length is that of the tensors' T axis. */
  readonly paddedIds: readonly number[];
  /** [1, T, T], added to the scores; owned by the run. */
  readonly mask: tf.Tensor3D;
  /** Null: the run is the model's own. */
  readonly edits: PlannedEdits | null;
  /** Equal for runs that compute the same numbers: of one model, with equal ids and equal edits. */
  readonly key: string;
}

/** What `runBlock` needs of a pass. */
export interface BlockPass extends Pick<Pass, 'mask'>, Partial<Pick<Pass, 'edits'>> {
  readonly model: {
    readonly config: Pick<Gpt2Transformer['config'], 'n_head'>;
    readonly weights: Pick<Gpt2Transformer['weights'], 'h'>;
  };
}

/**
 * A value that a pass continues with: as it was computed, or edited.
 *
 *     const embed = edit(pass, 'embed', undefined, tokenEmbedding(ids, weights));
 *
 * Memory: leaves `value` alone; call it in a `tf.tidy`.
 */
export function edit<T extends tf.Tensor>(
  { edits }: Partial<Pick<Pass, 'edits'>>,
  name: string,
  layer: number | undefined,
  value: T
): T {
  return edits?.touches(name, layer) ? edits.apply(name, layer, value) : value;
}

/** The named points of one block, or of the model's end. */
export function pointsOf(pass: Partial<Pick<Pass, 'edits'>>, layer?: number): NamedPoints {
  const { edits } = pass;
  if (!edits) return UNEDITED;
  const at = <T extends tf.Tensor>(name: string, value: T): T => edit(pass, name, layer, value);
  return Object.assign(at, {
    touches: (...names: readonly string[]) => names.some((name) => edits.touches(name, layer))
  });
}

/** Both plans, the first one's edits first. */
export function joinEdits(first: PlannedEdits, second: PlannedEdits): PlannedEdits {
  return {
    key: `${first.key};${second.key}`,
    firstLayer: Math.min(first.firstLayer, second.firstLayer),
    touches: (name, layer) => first.touches(name, layer) || second.touches(name, layer),
    apply: (name, layer, value) => {
      const once = first.touches(name, layer) ? first.apply(name, layer, value) : value;
      return second.touches(name, layer) ? second.apply(name, layer, once) : once;
    }
  };
}

const modelNumbers = new WeakMap<object, number>();
let models = 0;

/** The key of a pass: see `Pass.key`. */
export function passKey(
  model: Gpt2Transformer,
  ids: readonly number[],
  edits: Pick<PlannedEdits, 'key'> | null = null
): string {
  if (!modelNumbers.has(model.weights)) modelNumbers.set(model.weights, models++);
  return `${modelNumbers.get(model.weights)}:${ids.join(',')}:${edits?.key ?? ''}`;
}
