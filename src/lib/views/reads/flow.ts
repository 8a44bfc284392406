import { FlowView } from '$lib/viz/flow';
import { picture, type Stage } from '../spec';

/** More rows than this are read in the Attention view: each is a pass over all blocks. */
const MOST_ROWS = 60;

/** All rows fill in as they come, after the selected one. */
function rowsOf({ explorer, run }: Stage) {
  const isEach = explorer.view.rows === 'all' && run.T <= MOST_ROWS;
  return isEach ? run.tokens.map((_, position) => run.flow(position)) : [];
}

function patternOf({ explorer, run }: Stage) {
  const { open } = explorer.view;
  return open === null || run.T > MOST_ROWS ? undefined : run.head('pattern', open, explorer.head);
}

export const flow = picture(
  FlowView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    vocabulary: ({ vocabulary }) => vocabulary,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    position: ({ explorer }) => explorer.position,
    row: ({ explorer, run }) => run.flow(explorer.position),
    rows: rowsOf,
    norms: ({ run }) => run.norms(),
    pattern: patternOf,
    head: ({ explorer }) => explorer.head,
    mode: ({ explorer }) => explorer.view.rows,
    threshold: ({ explorer }) => explorer.view.links,
    upTo: ({ explorer }) => explorer.view.upto,
    opened: ({ explorer }) => explorer.view.open,
    openedPart: ({ explorer }) => explorer.view.part,
    bare: ({ explorer }) => explorer.view.present,
    block: ({ inner }) => inner
  },
  ({ show }) => ({
    onposition: (position) => show({ position }),
    onhead: (layer, head) => show({ layer, head }),
    onmode: (rows) => show({ rows }),
    onthreshold: (links) => show({ links }),
    onupto: (upto) => show({ upto }),
    onopen: (open) => show(open === null ? { open } : { open, layer: open }),
    onpart: (part) => show({ part }),
    onview: (view) => show({ view, open: null })
  })
);
