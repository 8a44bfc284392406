/** What each stage of the large map is called, and how its colours are to be read. */
import { probabilityScale, robustExtent, signedScale, type ColorScale, type Theme } from '../color';
import { probabilityTable, signedTable, type ColorTable } from './raster';
import { stageValues, type BlockAttention, type HeadShape, type Stage } from './scores';

export const STAGES: readonly { value: Stage; label: string; title: string }[] = [
  { value: 'qk', label: 'q·k', title: 'dot product of query and key' },
  { value: 'scaled', label: 'scaled', title: 'divided by √d_head' },
  { value: 'masked', label: 'masked', title: 'keys after the query set to −∞' },
  { value: 'softmax', label: 'softmax', title: 'probabilities: each row sums to 1' }
];

/** The sentence, formula and shape in the figure's head. */
export interface StageWords {
  readonly say: string;
  readonly formula: string;
  readonly shape: string;
  /** What the colours show, for the legend. */
  readonly legend: string;
}

/** Describes a stage for a head of this size. */
export function stageWords(stage: Stage, { T, n_head, d_head }: HeadShape): StageWords {
  const scaled = `q·k / √${d_head}`;
  const square = `[${n_head}, ${T}, ${T}]`;
  const vectors = `q, k [${T}, ${n_head}, ${d_head}]`;
  switch (stage) {
    case 'qk':
      return {
        say: 'How well each query fits each key, before anything else: also those that come later.',
        formula: 'q·k',
        shape: vectors,
        legend: 'q·k'
      };
    case 'scaled':
      return {
        say: 'The same scores divided by the square root of the head’s width, so that they do not grow with it.',
        formula: scaled,
        shape: vectors,
        legend: scaled
      };
    case 'masked':
      return {
        say: 'A token may read only itself and what came before it: the scores of later keys become −∞.',
        formula: `${scaled}, −∞ where key > query`,
        shape: `attn_scores ${square}`,
        legend: 'attn_scores'
      };
    case 'softmax':
      return {
        say: 'Each row is one token asking; the stronger a cell, the more it reads from that earlier token. A row sums to 1.',
        formula: `softmax(${scaled})`,
        shape: `pattern ${square}`,
        legend: 'pattern'
      };
  }
}

/** The colours of a stage's map: one scale, and the same sampled for many cells. */
export interface StageColors {
  readonly scale: ColorScale;
  readonly table: ColorTable;
}

/** Colours of one head's probabilities, in the head's own hue. */
export function probabilityColors(theme: Theme, head: number, n_head: number): StageColors {
  const scale = probabilityScale(theme, { head, n_head });
  return { scale, table: probabilityTable(scale) };
}

/** How far the signed scale of a stage reaches: scaled and masked share one, so that a cell keeps its colour. */
function scoreExtent(stage: Stage, block: BlockAttention, shape: HeadShape, head: number): number {
  const source = stage === 'qk' || !block.q ? stage : 'scaled';
  return robustExtent(stageValues(source, block, shape, head) ?? []);
}

const UNITS: Readonly<Record<Exclude<Stage, 'softmax'>, string>> = {
  qk: 'raw score, no unit',
  scaled: 'score in nats',
  masked: 'score in nats; hatched: masked, −∞'
};

/** The colours of a head's map at a stage. */
export function stageColors(
  theme: Theme,
  stage: Stage,
  block: BlockAttention,
  shape: HeadShape,
  head: number
): StageColors {
  if (stage === 'softmax') return probabilityColors(theme, head, shape.n_head);
  const extent = scoreExtent(stage, block, shape, head);
  const scale = signedScale(theme, extent, UNITS[stage]);
  return { scale, table: signedTable(scale, extent) };
}
