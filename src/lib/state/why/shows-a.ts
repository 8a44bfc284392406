import type { ViewState } from '../view-state';

/** Views that count over the page's own model, whatever model B is of. */
const OF_OWN_MODEL: readonly string[] = ['heads', 'weights'];

/** Decoding runs A whatever is chosen. The loss of the prompt is of the run that is shown. */
export const decodesA = ({ view, decode }: ViewState): boolean => view === 'decode' && decode !== 'loss';

/** The open view counts over the page's own model, and B is of another one. */
export const countsOverA = ({ view, versus }: ViewState): boolean =>
  versus === 'model' && OF_OWN_MODEL.includes(view);

/** The open view shows A, whatever is chosen. */
export const alwaysShowsA = (view: ViewState): boolean => decodesA(view) || countsOverA(view);
