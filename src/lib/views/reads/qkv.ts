import { scoreFactor } from '$lib/gpt2';
import { QkvView } from '$lib/viz/qkv';
import { picture } from '../spec';
import { within } from './within';

export const qkv = picture(
  QkvView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    layer: ({ selection }) => selection.layer,
    head: ({ selection }) => selection.head,
    n_head: ({ run }) => run.config.n_head,
    d_head: ({ run }) => run.config.n_embd / run.config.n_head,
    factor: ({ selection, run }) => scoreFactor(run.config, selection.layer),
    position: ({ selection }) => selection.position,
    key: ({ selection }) => selection.key,
    q: ({ selection, run }) => run.activation('q', selection.layer),
    k: ({ selection, run }) => run.activation('k', selection.layer),
    v: ({ selection, run }) => run.activation('v', selection.layer),
    z: ({ selection, run }) => run.activation('z', selection.layer),
    attn_scores: ({ selection, run }) => run.head('attn_scores', selection.layer, selection.head),
    pattern: ({ selection, run }) => run.head('pattern', selection.layer, selection.head),
    sorted: ({ selection }) => selection.view.sorted,
    locked: ({ selection, run }) =>
      within(selection.view.head_component, run.config.n_embd / run.config.n_head)
  },
  ({ show }) => ({
    onposition: (position) => show({ position }),
    onkey: (key) => show({ key }),
    onsorted: (sorted) => show({ sorted }),
    onlocked: (head_component) => show({ head_component })
  }),
  { difference: async () => (await import('./differences')).DIFFERENCES.qkv }
);
