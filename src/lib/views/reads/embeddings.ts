import { EmbeddingsView } from '$lib/viz/embeddings';
import { picture } from '../spec';
import { within } from './within';

export const embeddings = picture(
  EmbeddingsView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ explorer }) => explorer.position,
    n_embd: ({ run }) => run.config.n_embd,
    embed: ({ explorer, run }) => run.row('embed', undefined, explorer.position),
    pos_embed: ({ explorer, run }) => run.row('pos_embed', undefined, explorer.position),
    resid_pre: ({ explorer, run }) => run.row('resid_pre', 0, explorer.position),
    component: ({ explorer, run }) => within(explorer.view.component, run.config.n_embd)
  },
  ({ explorer, show, whole }) => ({
    ontakeout: whole
      ? () => explorer.addEdit({ kind: 'zero', name: 'embed', positions: [explorer.position] })
      : undefined,
    onposition: (position) => show({ position }),
    oncomponent: (component) => show({ component })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.embeddings }
);
