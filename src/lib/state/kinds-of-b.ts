import type { ViewState } from './view-state';

const KINDS = ['edits', 'prompt', 'model'] as const;

/** What run B can be, by what the link has for it; empty: there is no run B. */
export function kindsOfB({ edits, other, other_model }: ViewState): (typeof KINDS)[number][] {
  const given = { edits, prompt: other, model: other_model ?? '' };
  return KINDS.filter((kind) => given[kind] !== '');
}
