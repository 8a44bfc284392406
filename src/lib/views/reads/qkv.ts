import { scoreFactor } from '$lib/gpt2';
import { QkvView } from '$lib/viz/qkv';
import { picture } from '../spec';
import { within } from './within';

export const qkv = picture(
  QkvView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    layer: ({ explorer }) => explorer.layer,
    head: ({ explorer }) => explorer.head,
    n_head: ({ run }) => run.config.n_head,
    d_head: ({ run }) => run.config.n_embd / run.config.n_head,
    factor: ({ explorer, run }) => scoreFactor(run.config, explorer.layer),
    position: ({ explorer }) => explorer.position,
    key: ({ explorer }) => explorer.key,
    q: ({ explorer, run }) => run.activation('q', explorer.layer),
    k: ({ explorer, run }) => run.activation('k', explorer.layer),
    v: ({ explorer, run }) => run.activation('v', explorer.layer),
    z: ({ explorer, run }) => run.activation('z', explorer.layer),
    attn_scores: ({ explorer, run }) => run.head('attn_scores', explorer.layer, explorer.head),
    pattern: ({ explorer, run }) => run.head('pattern', explorer.layer, explorer.head),
    sorted: ({ explorer }) => explorer.view.sorted,
    locked: ({ explorer, run }) => within(explorer.view.head_component, run.config.n_embd / run.config.n_head)
  },
  ({ show }) => ({
    onposition: (position) => show({ position }),
    onkey: (key) => show({ key }),
    onsorted: (sorted) => show({ sorted }),
    onlocked: (head_component) => show({ head_component })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.qkv }
);
