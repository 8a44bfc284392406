/**
 * Edits as text, for links and command lines:
 *
 *     zero:z.8.2                       z of head 8.2 becomes 0 at all positions
 *     scale=0.5:attn_out.3@4           half of what attention adds in block 3, at position 4
 *     mean:mlp_out.2                   the mean over the prompt's positions; mean=references: over other prompts
 *     patch:resid_pre.5@3-5            as in the other run; @3<4 takes position 4 of it to position 3
 *     add=1.5*token(464):resid_post.3  a token's row of wte, 1.5 times
 *     add=2*difference(4):z.8.2@7      the other run's z less this one's, at position 4, twice
 *     freeze:ln1.scale.3               as in the unedited run
 *
 * A place is a name, a layer where there are several, and a head or neuron; several edits are joined by `;`.
 */
import { InputError, mustBe, type Fault } from '../errors.ts';
import { EDITABLE, editableKind, editNames, type EditName } from './places.ts';
import { plainChangeNames } from './plain-changes.ts';
import type { Change, Direction, Edit, EditPlace } from './types.ts';

const EXAMPLES = 'zero:z.8.2, scale=0.5:attn_out.3@4, mean:z.8.2, patch:resid_pre.5@3, freeze:pattern.3.2';

/** One edit as text: see the top of this file. */
export function formatEdit(edit: Edit): string {
  return `${formatChange(edit)}:${formatPlace(edit)}`;
}

/** Edits as text; `parseEdits` gives the same edits back. */
export function formatEdits(edits: readonly Edit[]): string {
  return edits.map(formatEdit).join(';');
}

/**
 * Reads edits from text.
 *
 * Throws: InputError that names the part which cannot be read. Whether a place is in a model is checked when it runs.
 */
export function parseEdits(text: string): Edit[] {
  return text === '' ? [] : text.split(';').map(parseEdit);
}

/** Throws: InputError that names the part which cannot be read. */
export function parseEdit(text: string): Edit {
  const colon = text.indexOf(':');
  if (colon < 0) throw wrong('an edit', 'a change and a place with a colon between', text);
  const [place, from] = parsePlace(text.slice(colon + 1), text);
  const change = parseChange(text.slice(0, colon), text);
  if (!from) return { ...place, ...change };
  if (change.kind !== 'patch') throw wrong('positions', 'without <, which is for patch', text);
  return { ...place, ...change, from };
}

function formatChange(change: Change): string {
  switch (change.kind) {
    case 'scale':
      return `scale=${change.by}`;
    case 'mean':
      return change.over === 'positions' ? 'mean' : 'mean=references';
    case 'add':
      return `add=${change.times}*${formatDirection(change.direction)}`;
    default:
      return change.kind;
  }
}

function formatDirection(direction: Direction): string {
  return 'token' in direction ? `token(${direction.token})` : `difference(${direction.difference})`;
}

function formatPlace(edit: Edit): string {
  const { name, layer, head, neuron, positions } = edit;
  const parts = [name, layer, head ?? neuron].filter((part) => part !== undefined);
  const from = edit.kind === 'patch' ? edit.from : undefined;
  return parts.join('.') + (positions ? `@${formatPositions(positions, from)}` : '');
}

/** Three or more in a row as a range, unless each says where it comes from. */
function formatPositions(positions: readonly number[], from?: readonly number[]): string {
  if (from) return positions.map((position, i) => `${position}<${from[i]}`).join(',');
  const items: string[] = [];
  for (let start = 0; start < positions.length;) {
    let end = start;
    while (positions[end + 1] === positions[end] + 1) end++;
    const isRange = end - start > 1;
    items.push(isRange ? `${positions[start]}-${positions[end]}` : String(positions[start]));
    start = isRange ? end + 1 : start + 1;
  }
  return items.join(',');
}

function parseChange(text: string, whole: string): Change {
  const [kind, value] = split(text, '=');
  const plain = plainChangeNames.find((name) => name === kind);
  if (value === undefined && plain) return { kind: plain };
  if (value === undefined && (kind === 'patch' || kind === 'freeze')) return { kind };
  if (kind === 'scale' && value !== undefined) return { kind, by: parseNumber(value, whole) };
  if (kind === 'mean' && (value === undefined || value === 'positions')) return { kind, over: 'positions' };
  if (kind === 'mean' && value === 'references') return { kind, over: value };
  const added = kind === 'add' ? /^(.+)\*(token|difference)\((\d+)\)$/.exec(value ?? '') : null;
  if (!added)
    throw wrong('the change', `${plainChangeNames.join(', ')}, scale=, mean, patch, add= or freeze`, whole);
  const number = Number(added[3]);
  const direction = added[2] === 'token' ? { token: number } : { difference: number };
  return { kind: 'add', times: parseNumber(added[1], whole), direction };
}

function parsePlace(text: string, whole: string): [EditPlace, number[] | undefined] {
  const [path, places] = split(text, '@');
  const name = editNames
    .filter((one) => path === one || path.startsWith(`${one}.`))
    .reduce<EditName | null>(
      (longest, one) => (longest && longest.length > one.length ? longest : one),
      null
    );
  if (!name) throw wrong('the place', `one of ${Object.keys(EDITABLE).join(', ')}`, whole);
  const numbers = path.slice(name.length).split('.').slice(1);
  const { inBlock, part } = editableKind(name);
  const most = (inBlock ? 1 : 0) + (part ? 1 : 0);
  if (
    numbers.some((number) => !/^\d+$/.test(number)) ||
    numbers.length > most ||
    (inBlock && numbers.length === 0)
  )
    throw wrong('the place', placeForm(name), whole);
  const [layer, index] = numbers.map(Number);
  const [positions, from] = places === undefined ? [] : parsePositions(places, whole);
  return [
    {
      name,
      ...(layer !== undefined && { layer }),
      ...(index !== undefined && part && { [part]: index }),
      ...(positions && { positions })
    },
    from
  ];
}

function placeForm(name: EditName): string {
  const { inBlock, part } = editableKind(name);
  return `${name}${inBlock ? '.layer' : ''}${part ? `, with .${part} after it for one ${part}` : ''}`;
}

function parsePositions(text: string, whole: string): [number[], number[] | undefined] {
  const positions: number[] = [];
  const from: number[] = [];
  for (const item of text.split(',')) {
    const [, first, sign, second] = /^(\d+)(?:([<-])(\d+))?$/.exec(item) ?? [];
    if (first === undefined) throw wrongPositions('such as 3, 3-5 or 3<4', whole);
    const [start, end] = [Number(first), sign === '-' ? Number(second) : Number(first)];
    if (end < start) throw wrongPositions('ranges from the lower to the higher', whole);
    for (let position = start; position <= end; position++) positions.push(position);
    if (sign === '<') from.push(Number(second));
  }
  if (from.length > 0 && from.length < positions.length) throw wrongPositions('all with < or none', whole);
  return [positions, from.length > 0 ? from : undefined];
}

function parseNumber(text: string, whole: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number)) return number;
  throw wrong('the number', 'a finite number', whole, { code: 'editNumber', values: [whole] });
}

function split(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function wrongPositions(expected: string, text: string): InputError {
  return wrong('positions', expected, text, { code: 'editPositions', values: [text] });
}

function wrong(
  what: string,
  expected: string,
  text: string,
  fault: Fault = { code: 'editForm', values: [text, EXAMPLES] }
): InputError {
  return new InputError(mustBe(`edit: ${what}`, expected, `"${text}"`, `Write it as ${EXAMPLES}.`), fault);
}
