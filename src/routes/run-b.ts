import type { Explorer, ViewState } from '$lib/state';

const KINDS = ['edits', 'prompt', 'model'] as const;

/** What run B can be, by what the link has for it; empty: there is no run B. */
export function kindsOfB({ edits, other, other_model }: ViewState): (typeof KINDS)[number][] {
  const given = { edits, prompt: other, model: other_model ?? '' };
  return KINDS.filter((kind) => given[kind] !== '');
}

/** What the open view draws: run A or B, B where B − A is shown, and the vocabulary of their tokens. */
export const shownOf = ({ shownRun, beside, shownModel }: Explorer) => ({
  run: shownRun,
  beside,
  vocabulary: shownModel.vocabulary
});
