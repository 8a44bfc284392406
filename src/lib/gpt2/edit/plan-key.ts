/** The key of a plan, apart from what carries it out: a run is looked up by its key without any edit. */
import { formatEdit } from './format.ts';
import type { Edit, EditSources } from './types.ts';

/** The key that a plan of these edits has, and what `passKey` needs of it; null without edits. */
export function plannedKey(edits: readonly Edit[], sources: EditSources): { readonly key: string } | null {
  return edits.length === 0 ? null : { key: planKey(edits, sources) };
}

/** What tells runs with other edits, or with edits from other runs, apart. */
export function planKey(edits: readonly Edit[], { other, references = [] }: EditSources): string {
  const others = edits.some(({ kind }) => kind === 'patch' || kind === 'add') && other ? [other.key] : [];
  const means = edits.some((edit) => edit.kind === 'mean' && edit.over === 'references') ? references : [];
  return [edits.map(formatEdit).join(';'), ...others, ...means.map(({ key }) => key)].join('|');
}
