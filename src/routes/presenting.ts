import { DEFAULT_VIEW, type Explorer, type ViewState } from '$lib/state';
import { VIEWS } from '$lib/views';

/** The presenter's view draws fewer links: those of 3 % and more, unless the reader has chosen otherwise. */
const PRESENTED_LINKS = 0.03;

export function startPresenting(explorer: Explorer): void {
  const { links } = explorer.view;
  explorer.show({ present: true, links: links === DEFAULT_VIEW.links ? PRESENTED_LINKS : links });
}

export function stopPresenting(explorer: Explorer): void {
  const { links } = explorer.view;
  explorer.show({ present: false, links: links === PRESENTED_LINKS ? DEFAULT_VIEW.links : links });
}

/** What a key does in the presenter's view; false if nothing. */
export function presentKey(key: string, explorer: Explorer): boolean {
  const { view } = explorer;
  switch (key) {
    case 'Escape':
      stopPresenting(explorer);
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
  const last = (explorer.model?.config.n_layer ?? 0) + 1;
  const upto = steppedTo(key, view.upto, last);
  if (upto === undefined) return false;
  explorer.show({ upto });
  return true;
}

/**
 * The column up to which Flow is drawn after a key.
 *
 * @param upTo the last column that is drawn, 0 for the embeddings; null: all
 * @returns undefined where the key changes nothing
 */
export function steppedTo(key: string, upTo: ViewState['upto'], last: number): ViewState['upto'] | undefined {
  if (key === 'Home') return null;
  if (key === 'ArrowRight') return upTo === null ? 0 : Math.min(last, upTo + 1);
  return key === 'ArrowLeft' ? Math.max(0, (upTo ?? last) - 1) : undefined;
}

function openBeside(explorer: Explorer, by: 1 | -1): boolean {
  const next = VIEWS[VIEWS.indexOf(explorer.view.view) + by];
  if (next) explorer.opening.openView(next);
  return next !== undefined;
}
