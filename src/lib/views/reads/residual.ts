import { ResidualView, StreamVectors } from '$lib/viz/residual';
import { residualVectorWords } from '$lib/words/en/views/residual-vectors';
import { picture, type Stage } from '../spec';

const streamAt = ({ selection, run }: Stage) => run.survey('streamVectors', { position: selection.position });

/** The vectors of one position, component by component. */
const vectors = picture(
  StreamVectors,
  {
    theme: ({ theme }) => theme,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    head: ({ selection }) => selection.head,
    stream: streamAt
  },
  ({ show }) => ({ onhead: (layer, head) => show({ layer, head }) })
);

export const residual = picture(
  ResidualView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    n_layer: ({ run }) => run.config.n_layer,
    isB: ({ explorer, run }) => run !== explorer.prompt.run,
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    norms: ({ run }) => run.norms()?.resid,
    attnNorms: ({ run }) => run.norms()?.attn_out,
    mlpNorms: ({ run }) => run.norms()?.mlp_out,
    zoom: ({ selection }) => selection.view.heat_zoom ?? undefined,
    chosenKind: ({ selection }) => selection.view.norm_scale
  },
  ({ explorer, selection, show, whole }) => ({
    ontakeout: whole
      ? () => {
          const { layer, position } = selection;
          for (const name of ['attn_out', 'mlp_out'] as const)
            explorer.addEdit({ kind: 'zero', name, layer, positions: [position] });
        }
      : undefined,
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    onzoom: (zoom) => show({ heat_zoom: zoom.k > 1 ? zoom : null }),
    onkind: (norm_scale) => show({ norm_scale })
  }),
  {
    below: {
      label: () => residualVectorWords.below,
      picture: vectors,
      isNext: ({ run }) => run.norms() !== undefined
    },
    difference: async () => (await import('./differences')).DIFFERENCES.residual
  }
);
