/** Which library's code can make which edits. */
import type { EditName } from '../edit/places.ts';
import type { Edit } from '../edit/types.ts';
import type { PythonLibrary } from './python-code.ts';

/** A run with edits, its logits [T, vocab_size]. */
export interface EditsPlace {
  readonly name: 'edited_logits';
  readonly library: PythonLibrary;
  readonly edits: readonly Edit[];
  /** The prompt that `patch` and `difference` take values from; null: none of the edits does. */
  readonly other: readonly number[] | null;
}

/** What a hook on one of transformers' modules can change; the rest is computed between modules. */
const BY_MODULE: readonly EditName[] = [
  ...(['embed', 'pos_embed', 'resid_pre', 'ln1.normalized', 'q', 'k', 'v', 'z', 'attn_out'] as const),
  ...(['ln2.normalized', 'mlp.pre', 'mlp.post', 'mlp_out', 'resid_post', 'ln_final.normalized'] as const)
];
/**
 * What TransformerLens has a hook for that changes the run: not the scale of a LayerNorm, nor resid_mid, which is ln_2's
 * input there and leaves the stream as it was.
 */
const BY_HOOK: readonly EditName[] = [...BY_MODULE, 'attn_scores', 'pattern', 'result'];

/** The edit takes values from the other prompt's run. */
export const readsOther = (edit: Edit) =>
  edit.kind === 'patch' || (edit.kind === 'add' && 'difference' in edit.direction);
/** The edit takes values from the unedited run. */
export const readsUnedited = (edit: Edit) =>
  edit.kind === 'freeze' || (edit.kind === 'add' && 'difference' in edit.direction);

/**
 * Code of a run's edits: one place for each library that can make all of them. None for a mean over reference prompts, and
 * for values of a prompt of another length.
 *
 * @param other the prompt that values are taken from
 * @param T tokens of the edited prompt
 */
export function editsPlaces(
  edits: readonly Edit[],
  other: readonly number[] | null,
  T: number
): EditsPlace[] {
  const isOwn = (edit: Edit) => !readsOther(edit) && !readsUnedited(edit);
  if (edits.length === 0 || edits.some((edit) => edit.kind === 'mean' && edit.over === 'references'))
    return [];
  if (other?.length !== T && edits.some(readsOther)) return [];
  const place = (library: PythonLibrary): EditsPlace => ({ name: 'edited_logits', library, edits, other });
  const byModule = edits.every((edit) => BY_MODULE.includes(edit.name) && isOwn(edit));
  const byHook = edits.every((edit) => BY_HOOK.includes(edit.name));
  return [...(byModule ? [place('transformers')] : []), ...(byHook ? [place('transformer_lens')] : [])];
}
