import { LogitLensTable, LogitLensView } from '$lib/viz/logit-lens';
import { picture, type Stage } from '../spec';

/** The token that is followed; none in a model whose ids mean other tokens. */
const trackOf = ({ explorer: { shown }, selection }: Stage): number | null =>
  shown.isOther && !shown.sharesVocabulary ? null : selection.view.track;

/** Of a long prompt, only the positions in sight and the selected one are read. */
function rowsOf(stage: Stage) {
  const { selection, run, range } = stage;
  const { lens_inside, lens_ln_f } = selection.view;
  return run.lens({ track: trackOf(stage), inside: lens_inside, ln_f: lens_ln_f }, range, selection.position);
}

export const lens = picture(
  LogitLensView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    n_layer: ({ run }) => run.config.n_layer,
    tied: ({ run }) => run.config.tie_word_embeddings,
    rows: rowsOf,
    inside: ({ selection }) => selection.view.lens_inside,
    ln_f: ({ selection }) => selection.view.lens_ln_f,
    measure: ({ selection }) => selection.view.measure,
    row: ({ selection }) => selection.view.row,
    track: trackOf,
    vocabulary: ({ vocabulary }) => vocabulary
  },
  ({ selection, show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    onrow: (row) => show({ row }),
    oninside: (lens_inside) => show({ lens_inside }),
    onln_f: (lens_ln_f) => show({ lens_ln_f }),
    onmeasure: (measure) => show({ measure }),
    ontrack: (track) => show({ track }),
    onrange: see,
    onhoverquery: (query) => (selection.hovered = query)
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.lens }
);

/** The lens as a table alone. */
export const lensTable = picture(
  LogitLensTable,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    n_layer: ({ run }) => run.config.n_layer,
    rows: rowsOf,
    vocabulary: ({ vocabulary }) => vocabulary,
    track: trackOf
  },
  ({ show, see }) => ({
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    ontrack: (track) => show({ track }),
    onrange: see
  })
);
