import type { Explorer, ViewState } from '$lib/state';

const KINDS = ['edits', 'prompt', 'model'] as const;

/** What run B can be, by what the link has for it; empty: there is no run B. */
export function kindsOfB({ edits, other, other_model }: ViewState): (typeof KINDS)[number][] {
  const given = { edits, prompt: other, model: other_model ?? '' };
  return KINDS.filter((kind) => given[kind] !== '');
}

/** The view shows A whatever is chosen: decoding runs A. The loss of the prompt is of the run that is shown. */
export const decodesA = ({ view, decode }: ViewState): boolean => view === 'decode' && decode !== 'loss';

/** Views that count over the page's own model, whatever model B is of. */
const OF_OWN_MODEL: readonly string[] = ['heads', 'weights'];

/** What the open view draws: run A or B, B where B − A is shown, and the vocabulary of their tokens. */
export function shownOf(explorer: Explorer) {
  const { view, run, vocabulary, shownRun, shownModel, beside } = explorer;
  const isOfA = decodesA(view) || (shownModel.isOther && OF_OWN_MODEL.includes(view.view));
  return isOfA
    ? { run, beside: null, vocabulary }
    : { run: shownRun, beside, vocabulary: shownModel.vocabulary ?? vocabulary };
}
