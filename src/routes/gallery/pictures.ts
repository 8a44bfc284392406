import { DEFAULT_VIEW, formatView, type Explorer, type ViewState, type Why } from '$lib/state';
import { VIEWS, type ViewName } from '$lib/views';
import { OTHER, PROMPT, TEXT } from './prompts';

type Questions = Why['questions'];

/** One picture of the gallery: a view with its settings, as a link has them. */
export interface GalleryPicture {
  /** Of its snapshot, too. */
  readonly name: string;
  readonly view: ViewName;
  readonly change: Partial<ViewState>;
  /** What the reader would press before there is a picture. */
  readonly press?: (explorer: Explorer) => void;
}

type Variant = Partial<ViewState> & { readonly press?: GalleryPicture['press'] };

/** Pinned beside head 1.1. */
const OTHER_HEADS = [
  { layer: 1, head: 0 },
  { layer: 2, head: 2 }
];

/** What a view needs to show a picture as it opens. */
const FIRST: Partial<Record<ViewName, Variant>> = { why: { edits: 'zero:z.1.1' } };

/** Views that have more than one picture; every view is drawn as it opens, too. */
const VARIANTS: Partial<Record<ViewName, Readonly<Record<string, Variant>>>> = {
  flow: { rows: { rows: 'all' }, open: { open: 1 } },
  attention: {
    arcs: { form: 'arcs' },
    text: { form: 'text' },
    scores: { stage: 'scaled' },
    'all-heads': { heads: 'all' },
    overlaid: { pins: OTHER_HEADS, combine: 'max' },
    strongest: { keep: 50, first: 'hide', weigh: 'out' }
  },
  qkv: { sorted: { sorted: true, head_component: 1 } },
  mlp: { neuron: { neuron: 3 }, counted: { neuron: 3, text_source: 'own', press: countNeurons } },
  layernorm: { ln_f: { norm: 'ln_f' } },
  residual: { log: { norm_scale: 'log' } },
  lens: { entropy: { measure: 'entropy' }, track: { track: 5, measure: 'rank' } },
  why: {
    wrote: { why: 'wrote', press: inWhy((questions) => questions.measureHeads()) },
    grid: { why: 'matters', other: OTHER, press: inWhy((questions) => questions.fillGrid()) },
    estimate: { why: 'matters', other: OTHER, press: inWhy(estimateBesideGrid) },
    path: {
      why: 'matters',
      matters: 'path',
      other: OTHER,
      press: inWhy((questions) => questions.patchPaths())
    },
    trace: {
      why: 'matters',
      matters: 'trace',
      other: OTHER,
      press: inWhy((questions) => questions.traceCauses())
    }
  },
  heads: {
    scatter: { heads_form: 'scatter' },
    prompt: { heads_on: 'prompt' },
    counted: { heads_on: 'text', text_source: 'own', press: countHeads }
  },
  weights: { wte: { weights: 'wte' }, wpe: { weights: 'wpe' } },
  decode: {
    beams: { decode: 'beams', num_beams: 3, max_new_tokens: 3 },
    compare: { decode: 'compare', max_new_tokens: 3 },
    loss: { decode: 'loss' }
  }
};

/** Estimates are drawn beside what they estimate. */
function estimateBesideGrid(questions: Questions): void {
  questions.fillGrid();
  questions.estimateGrid();
}

function inWhy(press: (questions: Questions) => void): GalleryPicture['press'] {
  return ({ why }) => why.now && press(why.now.questions);
}

/** Heads over a text, and which fit which by their weights. */
async function countHeads({ survey }: Explorer): Promise<void> {
  const { texts, text, composition } = await survey.fetch();
  texts.own = TEXT;
  void text.count('own', {});
  void composition.start({});
}

async function countNeurons({ survey, selection }: Explorer): Promise<void> {
  const { texts, neurons } = await survey.fetch();
  texts.own = TEXT;
  void neurons.count('own', { layer: selection.layer });
}

function pictureOf(view: ViewName, name: string, { press, ...change }: Variant): GalleryPicture {
  return { name, view, change, press };
}

/** Every view as it opens, and its other pictures. */
export const PICTURES: readonly GalleryPicture[] = VIEWS.flatMap((view) => [
  pictureOf(view, view, FIRST[view] ?? {}),
  ...Object.entries(VARIANTS[view] ?? {}).map(([name, variant]) =>
    pictureOf(view, `${view}-${name}`, variant)
  )
]);

/** The fields of a link that opens a picture. */
export function linkOf({ view, change }: GalleryPicture): string {
  return formatView({ ...DEFAULT_VIEW, prompt: PROMPT, view, layer: 1, head: 1, ...change });
}
