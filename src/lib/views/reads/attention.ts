import { scoreFactor } from '$lib/gpt2';
import { AttentionView } from '$lib/viz/attention';
import { formatWeight } from '$lib/viz/common';
import { stageWords, exampleStoryWords } from '$lib/words';
import { picture, type Stage } from '../spec';
import { lensTable } from './lens';

const patternOf = ({ selection, run }: Stage) => run.head('pattern', selection.layer, selection.head);

/** What a head's weights are multiplied by; null: nothing. */
function normsOf({ selection, run }: Stage, layer: number, head: number) {
  const { weigh } = selection.view;
  return weigh === 'weight' ? null : run.valueNorms(layer, head)?.[weigh];
}

function pinnedOf(stage: Stage) {
  const { selection, run } = stage;
  const isRead = selection.view.combine !== 'one';
  return selection.view.pins
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
function mapsOf({ selection, run, range }: Stage) {
  const { heads, pins } = selection.view;
  const isChosen = (layer: number) => layer === selection.layer || pins.some((pin) => pin.layer === layer);
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
  const { explorer, selection, run } = stage;
  const pattern = patternOf(stage);
  const { exampleStory } = explorer.prompts;
  if (exampleStory === null || !pattern) return null;
  const share = formatWeight(pattern[selection.position * run.T + exampleStory.key]);
  return {
    text: exampleStoryWords[exampleStory.name](`${selection.layer}.${selection.head}`, share),
    token: run.tokens[exampleStory.key]
  };
}

export const attention = picture(
  AttentionView,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    layer: ({ selection }) => selection.layer,
    head: ({ selection }) => selection.head,
    n_layer: ({ run }) => run.config.n_layer,
    n_head: ({ run }) => run.config.n_head,
    d_head: ({ run }) => run.config.n_embd / run.config.n_head,
    factor: ({ selection, run }) => scoreFactor(run.config, selection.layer),
    position: ({ selection }) => selection.position,
    key: ({ selection }) => selection.view.key,
    hoverQuery: ({ selection }) => selection.hovered,
    stage: ({ selection }) => selection.view.stage,
    form: ({ selection }) => selection.view.form,
    heads: ({ selection }) => selection.view.heads,
    pinned: pinnedOf,
    norms: (stage) => normsOf(stage, stage.selection.layer, stage.selection.head),
    reading: ({ selection }) => {
      const { combine, weigh, first, keep } = selection.view;
      return { combine, weigh, first, keep };
    },
    zoom: ({ selection }) => selection.view.zoom ?? undefined,
    lineZoom: ({ selection }) => selection.view.line_zoom ?? undefined,
    pattern: patternOf,
    attn_scores: ({ selection, run }) => run.head('attn_scores', selection.layer, selection.head),
    q: ({ selection, run }) => run.activation('q', selection.layer),
    k: ({ selection, run }) => run.activation('k', selection.layer),
    maps: mapsOf,
    why: whyOf
  },
  ({ explorer, selection, show, see, whole }) => ({
    onposition: (position) => show({ position }),
    onkey: (key) => show({ key }),
    onhoverquery: (query) => (selection.hovered = query),
    onhead: (layer, head) => show({ layer, head }),
    onstage: (stage) => show({ stage }),
    onform: (form) => show({ form }),
    onheads: (heads) => show({ heads }),
    onrows: see,
    onreading: (change) => show(change),
    ontakeout: whole
      ? () => explorer.addEdit({ kind: 'zero', name: 'z', layer: selection.layer, head: selection.head })
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
