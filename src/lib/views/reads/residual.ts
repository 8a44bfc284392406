import { ResidualView } from '$lib/viz/residual';
import { picture } from '../spec';

export const residual = picture(
  ResidualView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    n_layer: ({ run }) => run.config.n_layer,
    position: ({ explorer }) => explorer.position,
    layer: ({ explorer }) => explorer.layer,
    norms: ({ run }) => run.norms()?.resid,
    attnNorms: ({ run }) => run.norms()?.attn_out,
    mlpNorms: ({ run }) => run.norms()?.mlp_out,
    zoom: ({ explorer }) => explorer.view.heat_zoom ?? undefined,
    chosenKind: ({ explorer }) => explorer.view.norm_scale
  },
  ({ explorer, show }) => ({
    ontakeout: () => {
      const { layer, position } = explorer;
      for (const name of ['attn_out', 'mlp_out'] as const)
        explorer.addEdit({ kind: 'zero', name, layer, positions: [position] });
    },
    onposition: (position) => show({ position }),
    onlayer: (layer) => show({ layer }),
    onzoom: (zoom) => show({ heat_zoom: zoom.k > 1 ? zoom : null }),
    onkind: (norm_scale) => show({ norm_scale })
  })
);
