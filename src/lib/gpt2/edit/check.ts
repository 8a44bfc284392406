import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import { editableKind, editNames } from './places.ts';
import { formatEdit } from './format.ts';
import type { Edit } from './types.ts';

/**
 * Checks that an edit's place is in a model and a prompt, and that its change can be made there.
 *
 * Throws: InputError that names the edit and the part which does not fit.
 */
export function checkEdit(edit: Edit, config: Gpt2Config, T: number): void {
  const { name, layer, head, neuron, positions } = edit;
  if (!editNames.includes(name))
    throw new InputError(
      mustBe('edit: name', 'an activation that can be edited', name, editNames.join(', '))
    );
  const where = `edit ${formatEdit(edit)}`;
  const { inBlock, part } = editableKind(name);
  if (inBlock) expectBelow(`${where}: layer`, layer, config.n_layer);
  else expectNone(`${where}: layer`, layer, name);
  if (part !== 'head') expectNone(`${where}: head`, head, name);
  else if (head !== undefined) expectBelow(`${where}: head`, head, config.n_head);
  if (part !== 'neuron') expectNone(`${where}: neuron`, neuron, name);
  else if (neuron !== undefined) expectBelow(`${where}: neuron`, neuron, config.n_inner);
  for (const position of positions ?? []) expectBelow(`${where}: position`, position, T);
  checkChange(where, edit, config);
}

function checkChange(where: string, edit: Edit, config: Gpt2Config): void {
  const { layout, width } = editableKind(edit.name);
  const isSquare = layout === 'squares';
  if (edit.kind === 'mean' && isSquare)
    throw new InputError(
      mustBe(`${where}: mean`, 'of rows', edit.name, 'Rows of a pattern have other keys each.')
    );
  if (edit.kind === 'scale' && !Number.isFinite(edit.by))
    throw new InputError(mustBe(`${where}: scale`, 'a finite number', edit.by, 'Use 0.5 for half.'));
  if (edit.kind === 'patch' && edit.from && edit.from.length !== edit.positions?.length) {
    const advice = 'Give as many positions of the other run as of this one.';
    throw new InputError(
      mustBe(`${where}: from`, `${edit.positions?.length ?? 0} positions`, edit.from.length, advice)
    );
  }
  if (edit.kind !== 'add') return;
  if (!Number.isFinite(edit.times))
    throw new InputError(mustBe(`${where}: times`, 'a finite number', edit.times, 'Use 1 to add it once.'));
  if (isSquare || layout === 'results')
    throw new InputError(mustBe(`${where}: add`, 'to rows', edit.name, 'Add to z or attn_out instead.'));
  if (!('token' in edit.direction)) return;
  expectBelow(`${where}: token`, edit.direction.token, config.vocab_size);
  if (width(config) === config.n_embd && edit.head === undefined) return;
  const advice = 'A row of wte is as wide as the stream.';
  throw new InputError(mustBe(`${where}: add`, `to ${config.n_embd} numbers`, edit.name, advice));
}

function expectBelow(where: string, value: number | undefined, length: number): void {
  if (value !== undefined && Number.isInteger(value) && value >= 0 && value < length) return;
  throw new InputError(mustBe(where, `from 0 to ${length - 1}`, value, 'Choose one that is there.'));
}

function expectNone(where: string, value: number | undefined, name: string): void {
  if (value === undefined) return;
  throw new InputError(mustBe(where, 'left out', value, `${name} has none.`));
}
