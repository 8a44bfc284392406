import { InputError, mustBe, type EditPart } from '../errors.ts';
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
  const { inBlock, part } = editableKind(name);
  if (inBlock) expectBelow(edit, 'layer', layer, config.n_layer);
  else expectNone(edit, 'layer', layer);
  if (part !== 'head') expectNone(edit, 'head', head);
  else if (head !== undefined) expectBelow(edit, 'head', head, config.n_head);
  if (part !== 'neuron') expectNone(edit, 'neuron', neuron);
  else if (neuron !== undefined) expectBelow(edit, 'neuron', neuron, config.n_inner);
  for (const position of positions ?? []) expectBelow(edit, 'position', position, T);
  checkChange(edit, config);
}

function checkChange(edit: Edit, config: Gpt2Config): void {
  const where = `edit ${formatEdit(edit)}`;
  const { layout, width } = editableKind(edit.name);
  const isSquare = layout === 'squares';
  if (edit.kind === 'mean' && isSquare)
    throw notHere(edit, 'mean', 'of rows', 'Rows of a pattern have other keys each.');
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
    throw notHere(edit, 'add', 'to rows', 'Add to z or attn_out instead.');
  if (!('token' in edit.direction)) return;
  expectBelow(edit, 'token', edit.direction.token, config.vocab_size);
  if (width(config) === config.n_embd && edit.head === undefined) return;
  throw notHere(edit, 'add', `to ${config.n_embd} numbers`, 'A row of wte is as wide as the stream.');
}

function notHere(edit: Edit, change: string, expected: string, advice: string): InputError {
  const text = formatEdit(edit);
  const message = mustBe(`edit ${text}: ${change}`, expected, edit.name, advice);
  return new InputError(message, { code: 'editPlace', values: [text] });
}

function expectBelow(edit: Edit, part: EditPart, value: number | undefined, length: number): void {
  if (value !== undefined && Number.isInteger(value) && value >= 0 && value < length) return;
  const text = formatEdit(edit);
  const last = length - 1;
  throw new InputError(
    mustBe(`edit ${text}: ${part}`, `from 0 to ${last}`, value, 'Choose one that is there.'),
    {
      code: 'editRange',
      values: [text, part, last]
    }
  );
}

function expectNone(edit: Edit, part: EditPart, value: number | undefined): void {
  if (value === undefined) return;
  throw new InputError(
    mustBe(`edit ${formatEdit(edit)}: ${part}`, 'left out', value, `${edit.name} has none.`)
  );
}
