import { FlowView, type BlockReads } from '$lib/viz/flow';
import { picture, type Stage } from '../spec';
import { followedBack, MOST_ROWS } from './followed-back';

const NO_ROWS: readonly undefined[] = [];

/** All rows, once they are there. */
function rowsOf({ selection, run }: Stage) {
  if (selection.view.rows !== 'all' || run.T > MOST_ROWS) return NO_ROWS;
  return run.flows() ?? NO_ROWS;
}

/** What the opened part shows on the rows. */
function blockReads({ selection, run }: Stage): BlockReads {
  const { open, part } = selection.view;
  if (open === null || run.T > MOST_ROWS) return {};
  if (part === 'layernorm')
    return { ln1: run.activation('ln1.scale', open), ln2: run.activation('ln2.scale', open) };
  if (part === 'mlp') return { post: run.activation('mlp.post', open) };
  const pattern = run.head('pattern', open, selection.head);
  return part === 'qkv' ? { pattern, scores: run.head('attn_scores', open, selection.head) } : { pattern };
}

export const flow = picture(
  FlowView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    vocabulary: ({ vocabulary }) => vocabulary,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    position: ({ selection }) => selection.position,
    row: ({ selection, run }) => run.flow(selection.position),
    rows: rowsOf,
    rowAt:
      ({ run }) =>
      (position) =>
        run.flow(position),
    followed: ({ selection, run }) =>
      selection.view.rows === 'back' ? followedBack(run, selection.position) : undefined,
    norms: ({ run }) => run.norms(),
    reads: blockReads,
    head: ({ selection }) => selection.head,
    mode: ({ selection }) => selection.view.rows,
    threshold: ({ selection }) => selection.view.links,
    upTo: ({ selection }) => selection.view.upto,
    opened: ({ selection }) => selection.view.open,
    openedPart: ({ selection }) => selection.view.part,
    isB: ({ explorer, run }) => run !== explorer.prompt.run,
    bare: ({ selection }) => selection.view.present,
    linked: ({ whole }) => whole,
    block: ({ inner }) => inner
  },
  ({ selection, show, openView }) => ({
    onposition: (position) => show({ position }),
    onhead: (layer, head) => show({ layer, head }),
    onmode: (rows) => show({ rows }),
    onthreshold: (links) => show({ links }),
    onupto: (upto) => show({ upto }),
    onopen: (open) => show(open === null ? { open } : { open, layer: open }),
    onpart: (part) => show({ part }),
    onview: (view) => {
      // the head of the last column is ln_f; an opened block has LayerNorms of its own
      const last = view === 'layernorm' && selection.view.open === null;
      show({ open: null, ...(last ? { norm: 'ln_f' as const } : {}) });
      openView(view);
    }
  }),
  { difference: async () => (await import('./flow-difference')).flowDifference }
);
