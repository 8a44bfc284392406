/** What an edit puts in the place of a value: worked out of it, taken from another run, or a direction added to it. */
import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { lookAtTableRow } from '../ops/table.ts';
import type { Trace } from '../trace/trace.ts';
import { formatEdit } from './format.ts';
import { editableKind } from './places.ts';
import { PLAIN_CHANGES, type ChangeOperations } from './plain-changes.ts';
import { rowsOf, squaresOf } from './select.ts';
import type { Edit, EditSources } from './types.ts';

const OPERATIONS: ChangeOperations = { zerosLike: tf.zerosLike, add: tf.add, mul: tf.mul, mean: tf.mean };

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** What takes the place of a value; `rows`: only these positions are there. */
export interface Replacement {
  readonly of: (value: tf.Tensor) => tf.Tensor;
  readonly rows: number[] | null;
}

/**
 * What an edit puts in the place of a value.
 *
 * Memory: no tensors; what is taken from other runs stays on the CPU as long as the replacement.
 * Throws: InputError if the edit does not fit the other runs.
 */
export async function replacement(
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
  if ('token' in direction) return lookAtTableRow(model.weights.wte, direction.token, (row) => row.slice());
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
