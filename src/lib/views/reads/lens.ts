import { LogitLensTable, LogitLensView } from '$lib/viz/logit-lens';
import { picture, type Stage } from '../spec';

/** Of a long prompt, only the positions in sight and the selected one are read. */
const rowsOf = ({ explorer, run, range }: Stage) => run.lens(explorer.view.track, range, explorer.position);

export const lens = picture(
  LogitLensView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ explorer }) => explorer.position,
    layer: ({ explorer }) => explorer.layer,
    n_layer: ({ run }) => run.config.n_layer,
    tied: ({ run }) => run.config.tie_word_embeddings,
    rows: rowsOf,
    measure: ({ explorer }) => explorer.view.measure,
    outputChosen: ({ explorer }) => explorer.view.row === 'output',
    track: ({ explorer }) => explorer.view.track,
    vocabulary: ({ vocabulary }) => vocabulary
  },
  ({ explorer, show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    onoutput: (isChosen) => show({ row: isChosen ? 'output' : 'layer' }),
    onmeasure: (measure) => show({ measure }),
    ontrack: (track) => show({ track }),
    onrange: see,
    onhoverquery: (query) => (explorer.hovered = query)
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.lens }
);

/** The lens as a table alone. */
export const lensTable = picture(
  LogitLensTable,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ explorer }) => explorer.position,
    layer: ({ explorer }) => explorer.layer,
    n_layer: ({ run }) => run.config.n_layer,
    rows: rowsOf,
    vocabulary: ({ vocabulary }) => vocabulary,
    track: ({ explorer }) => explorer.view.track
  },
  ({ show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    ontrack: (track) => show({ track }),
    onrange: see
  })
);
