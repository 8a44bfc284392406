import { scoreFactor } from '$lib/gpt2';
import { AttentionView } from '$lib/viz/attention';
import { formatWeight } from '$lib/viz/common';
import { stageWords, exampleStoryWords } from '$lib/words';
import { picture, type Stage } from '../spec';
import { lensTable } from './lens';

const patternOf = ({ explorer, run }: Stage) => run.head('pattern', explorer.layer, explorer.head);

/** What a head's weights are multiplied by; null: nothing. */
function normsOf({ explorer, run }: Stage, layer: number, head: number) {
  const { weigh } = explorer.view;
  return weigh === 'weight' ? null : run.valueNorms(layer, head)?.[weigh];
}

function pinnedOf(stage: Stage) {
  const { explorer, run } = stage;
  const isRead = explorer.view.combine !== 'one';
  return explorer.view.pins
    .filter((pin) => pin.layer < run.config.n_layer && pin.head < run.config.n_head)
    .map(({ layer, head }) => ({
      layer,
      head,
      pattern: isRead ? run.head('pattern', layer, head) : undefined,
      norms: isRead ? normsOf(stage, layer, head) : null
    }));
}

/**
 * Small maps of the layers that are shown: those in sight first, with the selected and the pinned ones, and the others once
 * these are there.
 */
function mapsOf({ explorer, run, range }: Stage) {
  const { heads, pins } = explorer.view;
  const isChosen = (layer: number) => layer === explorer.layer || pins.some((pin) => pin.layer === layer);
  const isInSight = (layer: number) => heads === 'all' && layer >= range.first && layer < range.end;
  const layers = Array.from({ length: run.config.n_layer }, (_, layer) => layer);
  const read = (isAsked: (layer: number) => boolean) =>
    layers.map((layer) => (isAsked(layer) ? run.headMaps(layer) : undefined));
  const first = (layer: number) => isChosen(layer) || isInSight(layer);
  const maps = read(first);
  const isThere = layers.every((layer) => maps[layer] || !first(layer));
  return heads === 'all' && isThere ? read(() => true) : maps;
}

function whyOf(stage: Stage) {
  const { explorer, run } = stage;
  const pattern = patternOf(stage);
  const { exampleStory } = explorer.prompts;
  if (exampleStory === null || !pattern) return null;
  const share = formatWeight(pattern[explorer.position * run.T + exampleStory.key]);
  return {
    text: exampleStoryWords[exampleStory.name](`${explorer.layer}.${explorer.head}`, share),
    token: run.tokens[exampleStory.key]
  };
}

export const attention = picture(
  AttentionView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    layer: ({ explorer }) => explorer.layer,
    head: ({ explorer }) => explorer.head,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    d_head: ({ run }) => run.config.n_embd / run.config.n_head,
    factor: ({ explorer, run }) => scoreFactor(run.config, explorer.layer),
    position: ({ explorer }) => explorer.position,
    key: ({ explorer }) => explorer.view.key,
    hoverQuery: ({ explorer }) => explorer.hovered,
    stage: ({ explorer }) => explorer.view.stage,
    form: ({ explorer }) => explorer.view.form,
    heads: ({ explorer }) => explorer.view.heads,
    pinned: pinnedOf,
    norms: (stage) => normsOf(stage, stage.explorer.layer, stage.explorer.head),
    reading: ({ explorer }) => {
      const { combine, weigh, first, keep } = explorer.view;
      return { combine, weigh, first, keep };
    },
    zoom: ({ explorer }) => explorer.view.zoom ?? undefined,
    lineZoom: ({ explorer }) => explorer.view.line_zoom ?? undefined,
    pattern: patternOf,
    attn_scores: ({ explorer, run }) => run.head('attn_scores', explorer.layer, explorer.head),
    q: ({ explorer, run }) => run.activation('q', explorer.layer),
    k: ({ explorer, run }) => run.activation('k', explorer.layer),
    lacksSteps: ({ explorer, run }) => run.lacks('q', explorer.layer) || run.lacks('k', explorer.layer),
    maps: mapsOf,
    why: whyOf
  },
  ({ explorer, show, see, whole }) => ({
    onposition: (position) => show({ position }),
    onkey: (key) => show({ key }),
    onhoverquery: (query) => (explorer.hovered = query),
    onhead: (layer, head) => show({ layer, head }),
    onstage: (stage) => show({ stage }),
    onform: (form) => show({ form }),
    onheads: (heads) => show({ heads }),
    onrows: see,
    onreading: (change) => show(change),
    ontakeout: whole
      ? () => explorer.addEdit({ kind: 'zero', name: 'z', layer: explorer.layer, head: explorer.head })
      : undefined,
    onpins: (pins) => show({ pins }),
    onzoom: (zoom) => show({ zoom: zoom.k > 1 ? zoom : null }),
    onlinezoom: (zoom) => show({ line_zoom: zoom.k > 1 ? zoom : null })
  }),
  {
    below: {
      label: () => stageWords.lensBelow,
      isNext: (stage) => patternOf(stage) !== undefined,
      picture: lensTable
    },
    difference: async () => (await import('./differences')).DIFFERENCES.attention
  }
);
