/** Python code that edits a run with hooks, and that patches it place by place. */
import { formatEdit } from '../edit/format.ts';
import { editableKind, type EditName } from '../edit/places.ts';
import { PLAIN_CHANGES } from '../edit/plain-changes.ts';
import type { Change, Edit, EditPlace } from '../edit/types.ts';
import type { PatchPlace } from '../explain/patch-grid.ts';
import { exportName } from '../trace/activations.ts';
import { readsOther, readsUnedited, type EditsPlace } from './python-edit-places.ts';
import { hookName, modulePath } from './python-modules.ts';

/** One place of a run at a time taken from another run: what each does to a logit, or to a difference of two. */
export interface PatchGridPlace {
  readonly name: 'patch_grid';
  readonly library: 'transformer_lens';
  readonly other: readonly number[];
  /** From the other prompt into this one, or the other way. */
  readonly direction: 'into_this' | 'into_other';
  readonly what: PatchPlace;
  /** Rows are heads of this block and columns positions; null: rows are blocks. */
  readonly in_layer: number | null;
  readonly token: number;
  readonly minus: number | null;
}

const list = (numbers: readonly number[]) => `[${numbers.join(', ')}]`;
const tensorOf = (ids: readonly number[]) => `torch.tensor([${list(ids)}])`;

/** What stands between brackets after a value of the activation, without its batch: `0, [3, 4], 2`. */
function indexOf({ name, head, neuron }: EditPlace, positions: string): string {
  if (editableKind(name).layout === 'squares') return `0, ${head ?? ':'}, ${positions}`;
  return ['0', positions, ...[head ?? neuron].filter((part) => part !== undefined)].join(', ');
}

const positionsOf = ({ positions }: EditPlace) => (positions ? list(positions) : ':');

/** The new values of `part[index]`. */
function newValues(edit: Edit, wte: string): string {
  const index = indexOf(edit, positionsOf(edit));
  const here = `part[${index}]`;
  const hook = `"${hookName(exportName(edit.name, edit.layer))}"`;
  switch (edit.kind) {
    case 'scale':
      return `${here} * ${edit.by}`;
    case 'mean':
      return `part[${indexOf(edit, ':')}].mean(0)`;
    case 'freeze':
      return `unedited[${hook}][${index}]`;
    case 'patch':
      return `other[${hook}][${edit.from ? indexOf(edit, list(edit.from)) : index}]`;
    case 'add':
      return `${here} + ${edit.times} * ${directionOf(edit, hook, wte)}`;
    default:
      return PLAIN_CHANGES[edit.kind].python(here);
  }
}

function directionOf(edit: EditPlace & Change & { kind: 'add' }, hook: string, wte: string): string {
  if ('token' in edit.direction) return `${wte}[${edit.direction.token}]`;
  const index = indexOf(edit, String(edit.direction.difference));
  return `(other[${hook}][${index}] - unedited[${hook}][${index}])`;
}

/** Scores of keys after their query stay -inf. */
function assignment(edit: Edit, wte: string): string[] {
  const index = indexOf(edit, positionsOf(edit));
  const values = newValues(edit, wte);
  if (edit.name !== 'attn_scores') return [`part[${index}] = ${values}`];
  const earlier = `torch.ones(part.shape[-2:], dtype=torch.bool).tril()[${positionsOf(edit)}]`;
  return [`part[${index}] = torch.where(${earlier}, ${values}, -torch.inf)`];
}

/** The lines after the model is loaded; `array` is the logits. */
export function editsLines({ library, edits, other }: EditsPlace): string[] {
  return library === 'transformers' ? moduleEdits(edits) : hookEdits(edits, other);
}

function hookEdits(edits: readonly Edit[], other: readonly number[] | null): string[] {
  const hooks = edits.map(({ name, layer }, at) => `("${hookName(exportName(name, layer))}", edit_${at})`);
  return [
    ...(edits.some(({ name }) => name === 'result') ? ['model.set_use_attn_result(True)'] : []),
    ...(edits.some(readsUnedited) ? ['_, unedited = model.run_with_cache(ids)'] : []),
    ...(other && edits.some(readsOther) ? [`_, other = model.run_with_cache(${tensorOf(other)})`] : []),
    ...edits.flatMap((edit, at) => [
      `def edit_${at}(value, hook):  # ${formatEdit(edit)}`,
      '    part = value.clone()',
      ...assignment(edit, 'model.W_E').map((line) => `    ${line}`),
      '    return part',
      ''
    ]),
    `array = model.run_with_hooks(ids, fwd_hooks=[${hooks.join(', ')}])[0]`
  ];
}

/** The part of a module's value that is the activation, as a view: heads on an axis of their own. */
function partOfModule(name: EditName): string {
  const heads = '.unflatten(-1, (config.n_head, -1))';
  const third = ['q', 'k', 'v'].indexOf(name);
  if (third >= 0) return `value.split(config.n_embd, -1)[${third}]${heads}`;
  return name === 'z' ? `value${heads}` : 'value';
}

function moduleEdits(edits: readonly Edit[]): string[] {
  const lines = edits.flatMap((edit, at) => {
    const { path, at: side } = modulePath(edit.name, edit.layer);
    const [given, register] =
      side === 'input'
        ? ['inputs[0]', 'register_forward_pre_hook']
        : ['output[0] if isinstance(output, tuple) else output', 'register_forward_hook'];
    const passed =
      side === 'input'
        ? '(value, *inputs[1:])'
        : '(value, *output[1:]) if isinstance(output, tuple) else value';
    return [
      `def edit_${at}(module, inputs${side === 'input' ? '' : ', output'}):  # ${formatEdit(edit)}`,
      `    value = (${given}).clone()`,
      `    part = ${partOfModule(edit.name)}`,
      ...assignment(edit, 'model.transformer.wte.weight').map((line) => `    ${line}`),
      `    return ${passed}`,
      `hooks.append(${path}.${register}(edit_${at}))`
    ];
  });
  return [
    'hooks = []',
    ...lines,
    'array = model(ids, use_cache=False).logits[0]',
    'for hook in hooks:',
    '    hook.remove()'
  ];
}

/** The lines after the model is loaded; `array` is [rows, columns]: 0 as in the run that is changed, 1 as in the other. */
export function patchGridLines({ other, direction, what, in_layer, token, minus }: PatchGridPlace): string[] {
  const less = minus === null ? '' : ` - logits[0, -1, ${minus}]`;
  const isStream = ['resid_pre', 'attn_out', 'mlp_out'].includes(what);
  const byPosition = isStream || in_layer !== null;
  const hook = exportName(what, 0).replace('blocks.0.', '');
  const place =
    isStream || what === 'pattern' ? '0, column' : in_layer === null ? '0, :, column' : '0, column, row';
  return [
    `other = ${tensorOf(other)}`,
    `base, source = ${direction === 'into_this' ? 'ids, other' : 'other, ids'}`,
    'source_logits, cache = model.run_with_cache(source)',
    '',
    'def metric(logits):',
    `    return (logits[0, -1, ${token}]${less}).item()`,
    '',
    'at_0, at_1 = metric(model(base)), metric(source_logits)',
    `rows = range(${in_layer === null ? 'model.cfg.n_layers' : 'model.cfg.n_heads'})`,
    `columns = range(${byPosition ? 'ids.shape[1]' : 'model.cfg.n_heads'})`,
    'array = torch.zeros(len(rows), len(columns))',
    'for row in rows:',
    '    for column in columns:',
    `        name = ${in_layer === null ? `f"blocks.{row}.${hook}"` : `"blocks.${in_layer}.${hook}"`}`,
    '        def patch(value, hook):',
    '            value = value.clone()',
    `            value[${place}] = cache[name][${place}]`,
    '            return value',
    '        patched = metric(model.run_with_hooks(base, fwd_hooks=[(name, patch)]))',
    '        array[row, column] = (patched - at_0) / (at_1 - at_0)'
  ];
}
