import { LogitLensTable, LogitLensView } from '$lib/viz/logit-lens';
import { picture, type Stage } from '../spec';

/** The token that is followed; none in a model whose ids mean other tokens. */
const trackOf = ({ view, shownModel }: Stage['explorer']): number | null =>
  shownModel.isOther && !shownModel.sharesVocabulary ? null : view.track;

/** Of a long prompt, only the positions in sight and the selected one are read. */
function rowsOf({ explorer, run, range }: Stage) {
  const { lens_inside, lens_ln_f } = explorer.view;
  return run.lens(
    { track: trackOf(explorer), inside: lens_inside, ln_f: lens_ln_f },
    range,
    explorer.position
  );
}

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
    inside: ({ explorer }) => explorer.view.lens_inside,
    ln_f: ({ explorer }) => explorer.view.lens_ln_f,
    measure: ({ explorer }) => explorer.view.measure,
    row: ({ explorer }) => explorer.view.row,
    track: ({ explorer }) => trackOf(explorer),
    vocabulary: ({ vocabulary }) => vocabulary
  },
  ({ explorer, show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    onrow: (row) => show({ row }),
    oninside: (lens_inside) => show({ lens_inside }),
    onln_f: (lens_ln_f) => show({ lens_ln_f }),
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
    track: ({ explorer }) => trackOf(explorer)
  },
  ({ show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    ontrack: (track) => show({ track }),
    onrange: see
  })
);
