import type { Shown } from '$lib/state';
import { DifferenceView, NextTokenDifference, type DifferenceGrid } from '$lib/viz/difference';
import { differenceWords as words } from '$lib/words/en/views/difference';
import { picture } from '../spec';
import {
  attentionGrids,
  embeddingGrids,
  lensGrids,
  lossGrids,
  mlpGrids,
  normGrids,
  qkvGrids,
  residualGrids
} from './difference-grids';
import { refuseShape, refuseVocabulary, sameSizes, twoRuns, type Two } from './two-runs';

/** What a chosen cell selects. */
type Choose = (two: Two, name: string, cell: { row: number; column: number }) => Shown;

/** A chosen row that is a position of A. */
function positionIn({ inA }: Two, place: number): Shown {
  const position = inA[place];
  return position === null ? {} : { position };
}

function differenceOf(
  view: keyof typeof words.views,
  gridsOf: (two: Two) => readonly (DifferenceGrid | undefined)[],
  choose: Choose,
  refuse: (two: Two) => string | null = refuseShape
) {
  return picture(
    DifferenceView,
    {
      theme: ({ theme }) => theme,
      view: () => view,
      grids: (stage) => {
        const two = twoRuns(stage);
        return refuse(two) ? [] : gridsOf(two).filter((grid) => grid !== undefined);
      },
      refusal: (stage) => refuse(twoRuns(stage)),
      isUnaligned: (stage) => twoRuns(stage).places.some(({ a, b }) => a === null || b === null)
    },
    (stage) => ({
      onchoose: (name, cell) => stage.show(choose(twoRuns(stage), name, cell))
    })
  );
}

const byRow: Choose = (two, _, { row }) => positionIn(two, row);
const byColumn: Choose = (two, _, { column }) => positionIn(two, column);

export const DIFFERENCES = {
  embeddings: differenceOf('embeddings', embeddingGrids, (two, _, { row, column }) => ({
    ...positionIn(two, row),
    component: column
  })),
  attention: differenceOf('attention', attentionGrids, (two, name, { row, column }) => {
    if (name.endsWith('*')) return { head: row, ...positionIn(two, column) };
    const key = two.inA[column];
    return { ...positionIn(two, row), ...(key !== null && { key }) };
  }),
  qkv: differenceOf('qkv', qkvGrids, (two, _, { row, column }) => ({
    ...positionIn(two, row),
    head_component: column
  })),
  mlp: differenceOf('mlp', mlpGrids, (two, name, { row, column }) => {
    const neuron = mlpGrids(two)[0]?.columns.labels[column];
    const isPost = name.startsWith('mlp.post') && neuron !== undefined;
    return { ...positionIn(two, row), ...(isPost && { neuron: Number(neuron) }) };
  }),
  layernorm: differenceOf('layernorm', normGrids, byRow),
  residual: differenceOf('residual', residualGrids, (two, name, { row, column }) =>
    name === 'resid'
      ? { ...positionIn(two, column), layer: Math.min(row, two.a.config.n_layer - 1) }
      : positionIn(two, row)
  ),
  lens: differenceOf(
    'lens',
    lensGrids,
    (two, _, { row, column }) => ({
      ...positionIn(two, column),
      layer: Math.min(row, two.a.config.n_layer - 1)
    }),
    (two) => (sameSizes(two, ['n_layer']) ? refuseVocabulary(two) : words.otherShape)
  ),
  loss: differenceOf('loss', lossGrids, byColumn, () => null)
};

/** What comes after the selected position, beside every view. */
export const nextTokenDifference = picture(
  NextTokenDifference,
  {
    vocabulary: ({ vocabulary }) => vocabulary,
    position: ({ selection }) => selection.position,
    before: ({ run, selection }) => run.logits(selection.position),
    after: (stage) => {
      const { b, inB, chosen } = twoRuns(stage);
      const at = inB[chosen];
      return at === null ? undefined : b.logits(at);
    },
    refusal: (stage) => refuseVocabulary(twoRuns(stage))
  },
  () => ({})
);
