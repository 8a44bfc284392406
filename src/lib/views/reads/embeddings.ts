import { EmbeddingsView } from '$lib/viz/embeddings';
import { picture } from '../spec';
import { within } from './within';

export const embeddings = picture(
  EmbeddingsView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ selection }) => selection.position,
    n_embd: ({ run }) => run.config.n_embd,
    embed: ({ selection, run }) => run.row('embed', undefined, selection.position),
    pos_embed: ({ selection, run }) => run.row('pos_embed', undefined, selection.position),
    resid_pre: ({ selection, run }) => run.row('resid_pre', 0, selection.position),
    component: ({ selection, run }) => within(selection.view.component, run.config.n_embd)
  },
  ({ explorer, selection, show, whole }) => ({
    ontakeout: whole
      ? () => explorer.addEdit({ kind: 'zero', name: 'embed', positions: [selection.position] })
      : undefined,
    onposition: (position) => show({ position }),
    oncomponent: (component) => show({ component })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.embeddings }
);
