/** From edits as data to what happens at a run's named points. */
import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import type { PlannedEdits } from '../model/pass.ts';
import { lookAtRows } from '../ops/look-at.ts';
import type { Trace } from '../trace/trace.ts';
import { checkEdit } from './check.ts';
import { formatEdit } from './format.ts';
import { planKey } from './plan-key.ts';
import { editableKind, type EditName } from './places.ts';
import { PLAIN_CHANGES, type ChangeOperations } from './plain-changes.ts';
import { placeSelector, rowsOf, squaresOf } from './select.ts';
import type { Edit, EditSources } from './types.ts';

/** One change at one named point. */
export interface PlannedEdit {
  readonly name: string;
  readonly layer: number | undefined;
  /** The value after it; leaves the value alone, and is called in a `tf.tidy`. */
  readonly apply: (value: tf.Tensor) => tf.Tensor;
}

const OPERATIONS: ChangeOperations = { zerosLike: tf.zerosLike, add: tf.add, mul: tf.mul, mean: tf.mean };

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
  const make = await replacement(edit, model, T, sources);
  const taken = 'rows' in make ? make.rows : null;
  const select = placeSelector(edit, model.config, T, taken);
  return { name, layer, apply: (value) => select(value, make.of(value)) };
}

/** What takes the place of a value; `rows`: only these positions are there. */
interface Replacement {
  readonly of: (value: tf.Tensor) => tf.Tensor;
  readonly rows: number[] | null;
}

async function replacement(
  edit: Edit,
  model: Gpt2Transformer,
  T: number,
  sources: EditSources
): Promise<Replacement> {
  switch (edit.kind) {
    case 'scale':
      return { of: (value) => tf.mul(value, edit.by), rows: null };
    case 'mean':
      if (edit.over === 'references') return meanOfReferences(edit, model.config, T, sources.references);
      return { of: (value) => tf.mean(firstRows(value, T), 0, true), rows: null };
    case 'add': {
      const vector = await directionOf(edit, model, sources);
      return {
        of: (value) => tf.add(value, tf.mul(tf.tensor(vector, [1, vector.length]), edit.times)),
        rows: null
      };
    }
    case 'freeze':
      return taken(edit, expectBase(edit, sources.base), model.config, T);
    case 'patch':
      return taken(edit, expectOther(edit, sources.other, model.config), model.config, T);
    default: {
      const change = PLAIN_CHANGES[edit.kind];
      return { of: (value) => change.of(value, OPERATIONS), rows: null };
    }
  }
}

/** The same place of another run, at its own positions or at those that the edit names. */
async function taken(edit: Edit, from: Trace, config: Gpt2Config, T: number): Promise<Replacement> {
  const { layout } = editableKind(edit.name);
  const { data } = await from.read(edit.name, edit.layer);
  const length = from.ids.length;
  const places = edit.kind === 'patch' ? edit.from : undefined;
  const positions = edit.positions ?? range(Math.min(T, length));
  const origins = places ?? positions;
  expectOrigins(edit, origins, length);
  if (layout === 'squares') {
    if (places?.some((place, i) => place !== positions[i])) {
      const advice = 'A row of another position has other keys: patch q, k or z instead.';
      const text = formatEdit(edit);
      throw new InputError(mustBe(`edit ${text}: positions`, 'the same in both runs', 'others', advice), {
        code: 'editKeys',
        values: [text]
      });
    }
    return { of: (value) => squaresOf(value as tf.Tensor3D, data, length), rows: [...positions] };
  }
  return { of: (value) => rowsOf(value, data, length, positions, origins), rows: [...positions] };
}

/** Throws: InputError if the other run is shorter than a position that is read. */
function expectOrigins(edit: Edit, origins: readonly number[], length: number): void {
  const wrong = origins.find((origin) => origin >= length);
  if (wrong === undefined) return;
  const advice = 'The other prompt is shorter: choose positions that both have.';
  const text = formatEdit(edit);
  throw new InputError(mustBe(`edit ${text}: position`, `from 0 to ${length - 1}`, wrong, advice), {
    code: 'editTokens',
    values: [text, length]
  });
}

function expectBase(edit: Edit, base: Trace | undefined): Trace {
  if (base) return base;
  const advice = 'Pass it as `base`.';
  throw new InputError(mustBe(`edit ${formatEdit(edit)}: unedited run`, 'given', 'none', advice));
}

function expectOther(edit: Edit, other: Trace | undefined, config: Gpt2Config): Trace {
  if (!other) {
    const advice = 'Pass the run to take it from as `other`.';
    const text = formatEdit(edit);
    throw new InputError(mustBe(`edit ${text}: other run`, 'given', 'none', advice), {
      code: 'editOther',
      values: [text]
    });
  }
  const sizes = ({ n_layer, n_head, n_embd, n_inner }: Gpt2Config) => `${[n_layer, n_head, n_embd, n_inner]}`;
  if (sizes(other.model.config) === sizes(config)) return other;
  const advice = 'Only models of equal sizes have the same places.';
  const text = formatEdit(edit);
  throw new InputError(
    mustBe(`edit ${text}: other model`, sizes(config), sizes(other.model.config), advice),
    {
      code: 'editSizes',
      values: [text]
    }
  );
}

/** Mean over the references that are long enough, position by position. */
async function meanOfReferences(
  edit: Edit,
  config: Gpt2Config,
  T: number,
  references: readonly Trace[] = []
): Promise<Replacement> {
  const where = `edit ${formatEdit(edit)}: references`;
  if (references.length === 0)
    throw new InputError(mustBe(where, 'at least 1 run', 'none', 'Pass runs of the reference prompts.'));
  const positions = edit.positions ?? range(T);
  const last = Math.max(...positions);
  const longest = Math.max(...references.map(({ ids }) => ids.length));
  if (last >= longest) {
    const advice = 'Choose longer prompts, or earlier positions.';
    throw new InputError(mustBe(where, `at least ${last + 1} tokens long`, longest, advice), {
      code: 'editTokens',
      values: [formatEdit(edit), longest]
    });
  }
  const { name, layer } = edit;
  const width = editableKind(name).width(config) * (name === 'result' ? config.n_head : 1);
  const sums = new Float64Array(longest * width);
  const counts = new Float64Array(longest);
  for (const reference of references) {
    expectOther(edit, reference, config);
    const { data } = await reference.read(name, layer);
    for (let i = 0; i < data.length; i++) sums[i] += data[i];
    for (let position = 0; position < reference.ids.length; position++) counts[position]++;
  }
  const means = Float32Array.from(sums, (sum, i) => sum / counts[Math.floor(i / width)]);
  return { of: (value) => rowsOf(value, means, longest, positions, positions), rows: [...positions] };
}

async function directionOf(
  edit: Edit & { kind: 'add' },
  model: Gpt2Transformer,
  { base, other }: EditSources
): Promise<Float32Array> {
  const { direction } = edit;
  if ('token' in direction) return lookAtRows(model.weights.wte, direction.token, 1, (row) => row.slice());
  const there = expectOther(edit, other, model.config);
  const width = editableKind(edit.name).width(model.config);
  const rowOf = async (trace: Trace) => {
    expectOrigins(edit, [direction.difference], trace.ids.length);
    const { data } = await trace.read(edit.name, edit.layer);
    return data.subarray(direction.difference * width, (direction.difference + 1) * width);
  };
  const [theirs, own] = [await rowOf(there), await rowOf(expectBase(edit, base))];
  return Float32Array.from(theirs, (value, i) => value - own[i]);
}

function firstRows(value: tf.Tensor, T: number): tf.Tensor {
  const [, ...rest] = value.shape;
  return tf.slice(value, [0, ...rest.map(() => 0)], [T, ...rest]);
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Rows of a block's or the model's activation that become other values: for measures that make them themselves. */
export function setRows(
  name: EditName,
  layer: number | undefined,
  positions: readonly number[],
  rows: Float32Array
): PlannedEdit {
  const own = range(positions.length);
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
