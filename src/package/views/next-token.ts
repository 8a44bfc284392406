import { picture } from '$lib/views';
import { NextTokenView } from '$lib/viz';

const nothing = () => {};

/** The next token of a run that cannot go on: its bars, and the settings that change them. */
export const nextToken = picture(
  NextTokenView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    position: ({ selection }) => selection.position,
    isLast: ({ selection, run }) => selection.position === run.T - 1,
    logits: ({ explorer }) => explorer.nextToken.logits,
    settings: ({ selection: { view } }) => ({
      temperature: view.temperature,
      top_k: view.top_k,
      top_p: view.top_p
    }),
    seed: ({ selection }) => selection.view.seed,
    vocabulary: ({ vocabulary }) => vocabulary,
    busy: () => false,
    canTake: () => false,
    scale: ({ selection }) => selection.view.scale,
    explained: ({ selection }) => selection.view.explained
  },
  ({ show, run }) => ({
    onscale: (scale) => show({ scale }),
    onsettings: (settings) => show(settings),
    onseed: (seed) => show({ seed }),
    onbest: nothing,
    ondraw: nothing,
    onposition: (position) => show({ position: position === run.T - 1 ? null : position, key: null }),
    onexplain: (explained) => show({ explained })
  })
);
