import { DEFAULT_VIEW, type Explorer, type Selection } from '$lib/state';
import { VIEWS } from '$lib/views';
import { steppedTo } from '$lib/viz';

/** The presenter's view draws fewer links: those of 3 % and more, unless the reader has chosen otherwise. */
const PRESENTED_LINKS = 0.03;

export function startPresenting(selection: Selection): void {
  const { links } = selection.view;
  selection.show({ present: true, links: links === DEFAULT_VIEW.links ? PRESENTED_LINKS : links });
}

export function stopPresenting(selection: Selection): void {
  const { links } = selection.view;
  selection.show({ present: false, links: links === PRESENTED_LINKS ? DEFAULT_VIEW.links : links });
}

/** What a key does in the presenter's view; false if nothing. */
export function presentKey(key: string, explorer: Explorer): boolean {
  const { view } = explorer.selection;
  switch (key) {
    case 'Escape':
      stopPresenting(explorer.selection);
      return true;
    case 'f':
    case 'F':
      explorer.opening.openView('flow');
      return true;
    case 'PageUp':
      return openBeside(explorer, -1);
    case 'PageDown':
      return openBeside(explorer, 1);
  }
  if (view.view !== 'flow') return false;
  const last = (explorer.model.info?.config.n_layer ?? 0) + 1;
  const upto = steppedTo(key, view.upto, last);
  if (upto === undefined) return false;
  explorer.selection.show({ upto });
  return true;
}

function openBeside(explorer: Explorer, by: 1 | -1): boolean {
  const next = VIEWS[VIEWS.indexOf(explorer.selection.view.view) + by];
  if (next) explorer.opening.openView(next);
  return next !== undefined;
}
