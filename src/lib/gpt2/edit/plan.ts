/** From edits as data to what happens at a run's named points. */
import * as tf from '@tensorflow/tfjs-core';
import type { Gpt2Transformer } from '../model/model.ts';
import type { PlannedEdits } from '../model/pass.ts';
import type { Trace } from '../trace/trace.ts';
import { checkEdit } from './check.ts';
import { planKey } from './plan-key.ts';
import type { EditName } from './places.ts';
import { replacement } from './replacement.ts';
import { placeSelector, rowsOf } from './select.ts';
import type { Edit, EditSources } from './types.ts';

/** One change at one named point. */
export interface PlannedEdit {
  readonly name: string;
  readonly layer: number | undefined;
  /** The value after it; leaves the value alone, and is called in a `tf.tidy`. */
  readonly apply: (value: tf.Tensor) => tf.Tensor;
}

/** `firstLayer` of edits of embed or pos_embed. */
const EMBEDDING = -1;

/** Edits that a run asks at each of its named points. */
export class EditPlan implements PlannedEdits {
  readonly key: string;
  readonly firstLayer: number;
  readonly #at = new Map<string, PlannedEdit[]>();

  constructor(edits: readonly PlannedEdit[], key: string, n_layer: number) {
    this.key = key;
    this.firstLayer = Math.min(
      n_layer,
      ...edits.map(({ name, layer }) => layer ?? (/embed$/.test(name) ? EMBEDDING : n_layer))
    );
    for (const edit of edits) {
      const point = pointKey(edit.name, edit.layer);
      this.#at.set(point, [...(this.#at.get(point) ?? []), edit]);
    }
  }

  touches(name: string, layer?: number): boolean {
    return this.#at.has(pointKey(name, layer));
  }

  apply<T extends tf.Tensor>(name: string, layer: number | undefined, value: T): T {
    const edits = this.#at.get(pointKey(name, layer)) ?? [];
    return edits.reduce<tf.Tensor>((edited, { apply }) => apply(edited), value) as T;
  }
}

const pointKey = (name: string, layer: number | undefined) => `${name}.${layer ?? ''}`;

export interface PlanSources extends EditSources {
  readonly signal?: AbortSignal;
}

/**
 * Plans edits: checks them, and takes from other runs what they need.
 *
 * @param runBase runs the prompt unedited, where an edit needs that run and there is no `sources.base`
 * Memory: no tensors; what is taken from other runs stays on the CPU as long as the plan.
 * Throws: InputError if an edit does not fit the model, the prompt or the other runs.
 */
export async function planEdits(
  model: Gpt2Transformer,
  ids: readonly number[],
  edits: readonly Edit[],
  sources: PlanSources,
  runBase?: () => Promise<Trace>
): Promise<EditPlan> {
  for (const edit of edits) checkEdit(edit, model.config, ids.length);
  const own = !sources.base && runBase && edits.some(readsBase) ? await runBase() : null;
  try {
    const base = sources.base ?? own ?? undefined;
    const planned: PlannedEdit[] = [];
    for (const edit of edits) {
      sources.signal?.throwIfAborted();
      planned.push(await planEdit(edit, model, ids.length, { ...sources, base }));
    }
    return new EditPlan(planned, planKey(edits, sources), model.config.n_layer);
  } finally {
    own?.dispose();
  }
}

const readsBase = (edit: Edit) =>
  edit.kind === 'freeze' || (edit.kind === 'add' && 'difference' in edit.direction);

async function planEdit(
  edit: Edit,
  model: Gpt2Transformer,
  T: number,
  sources: EditSources
): Promise<PlannedEdit> {
  const { name, layer } = edit;
  const { of, rows } = await replacement(edit, model, T, sources);
  const select = placeSelector(edit, model.config, T, rows);
  return { name, layer, apply: (value) => select(value, of(value)) };
}

/** Rows of a block's or the model's activation that become other values: for measures that make them themselves. */
export function setRows(
  name: EditName,
  layer: number | undefined,
  positions: readonly number[],
  rows: Float32Array
): PlannedEdit {
  const own = [...positions.keys()];
  return {
    name,
    layer,
    apply: (value) => {
      const replaced = rowsOf(value, rows, positions.length, positions, own);
      const isSet = new Uint8Array(value.shape[0]);
      for (const position of positions) isSet[position] = 1;
      return tf.where(
        tf.tensor(isSet, [isSet.length, ...value.shape.slice(1).map(() => 1)], 'bool'),
        replaced,
        value
      );
    }
  };
}
