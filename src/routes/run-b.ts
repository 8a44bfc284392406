import type { ViewState } from '$lib/state';

const KINDS = ['edits', 'prompt', 'model'] as const;

/** What run B can be, by what the link has for it; empty: there is no run B. */
export function kindsOfB({ edits, other, other_model }: ViewState): (typeof KINDS)[number][] {
  const given = { edits, prompt: other, model: other_model ?? '' };
  return KINDS.filter((kind) => given[kind] !== '');
}

/** The view shows A whatever is chosen: decoding runs A. The loss of the prompt is of the run that is shown. */
export const decodesA = ({ view, decode }: ViewState): boolean => view === 'decode' && decode !== 'loss';
