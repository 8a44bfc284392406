import type { LayerNormName } from '$lib/gpt2';
import { LayerNormMini, LayerNormView } from '$lib/viz/layer-norm';
import { lessonWords as words } from '$lib/words';
import { picture, type Stage } from '../spec';
import { normPlaces } from './norm-places';
import { within } from './within';

const of = (stage: Stage) => normPlaces(stage.selection.view.norm, stage);
const parameters = ({ explorer, selection }: Stage) =>
  explorer.shown.layerNorm(selection.view.norm, selection.layer);

/** One position's vector before and after, as two small rows. */
function mini(which: LayerNormName) {
  const none = new Float32Array();
  function row(end: 'before' | 'after', stage: Stage): Float32Array {
    const [name, layer] = normPlaces(which, stage)[end];
    return stage.run.row(name, layer, stage.selection.position) ?? none;
  }
  return picture(
    LayerNormMini,
    {
      before: (stage) => row('before', stage),
      after: (stage) => row('after', stage),
      label: ({ selection, run }) =>
        which === 'ln_f'
          ? words.normAfterLast(run.config.n_embd, which, selection.position)
          : words.normOfBlock(run.config.n_embd, which, selection.layer, selection.position)
    },
    () => ({}),
    { isReady: (stage) => row('before', stage).length > 0 && row('after', stage).length > 0 }
  );
}

export const layernorm = picture(
  LayerNormView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ selection }) => selection.position,
    layer: ({ selection }) => selection.layer,
    n_layer: ({ run }) => run.config.n_layer,
    which: ({ selection }) => selection.view.norm,
    epsilon: ({ run }) => run.config.layer_norm_epsilon,
    weight: (stage) => parameters(stage)?.weight,
    bias: (stage) => parameters(stage)?.bias,
    before: (stage) => stage.run.activation(...of(stage).before),
    after: (stage) => stage.run.activation(...of(stage).after),
    scale: (stage) => stage.run.activation(...of(stage).scale),
    locked: ({ selection, run }) => within(selection.view.component, run.config.n_embd)
  },
  ({ show }) => ({
    onwhich: (norm) => show({ norm }),
    onposition: (position) => show({ position }),
    onlocked: (component) => show({ component })
  }),
  {
    parts: { ln_1: mini('ln_1'), ln_2: mini('ln_2'), ln_f: mini('ln_f') },
    difference: async () => (await import('./differences')).DIFFERENCES.layernorm
  }
);
