/** What each stage of the large map is called, and how its colours are to be read. */
import { attentionWords as words } from '$lib/words';
import { probabilityScale, robustExtent, signedScale, type ColorScale, type Theme } from '../color';
import { probabilityTable, signedTable, type ColorTable } from '../marks/raster';
import { scoreDivisor } from '../common/score-divisor';
import { stageValues, type BlockAttention, type HeadShape, type Stage } from './scores';

/** In the order of the computation. */
export const STAGES: readonly Stage[] = ['qk', 'scaled', 'masked', 'softmax'];

/** The sentence, formula and shape in the figure's head. */
export interface StageWords {
  readonly say: string;
  readonly formula: string;
  readonly shape: string;
  /** What the colours show, for the legend. */
  readonly legend: string;
}

/** Describes a stage for a head of this size. */
export function aboutStage(stage: Stage, { T, n_head, d_head, factor }: HeadShape): StageWords {
  const divisor = scoreDivisor(d_head, factor).text;
  const scaled = `q·k / ${divisor}`;
  const square = `[${n_head}, ${T}, ${T}]`;
  const vectors = `q, k [${T}, ${n_head}, ${d_head}]`;
  const say = words.stagesSay[stage];
  switch (stage) {
    case 'qk':
      return { say, formula: 'q·k', shape: vectors, legend: 'q·k' };
    case 'scaled':
      return {
        say: (factor ?? 1) === 1 ? say : words.scaledOtherwise(divisor),
        formula: scaled,
        shape: vectors,
        legend: scaled
      };
    case 'masked':
      return {
        say,
        formula: words.maskedWhere(scaled),
        shape: `attn_scores ${square}`,
        legend: 'attn_scores'
      };
    case 'softmax':
      return { say, formula: `softmax(${scaled})`, shape: `pattern ${square}`, legend: 'pattern' };
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
  const scale = signedScale(theme, extent, words.units[stage]);
  return { scale, table: signedTable(scale, extent) };
}

/** The colours of each cell by the head it is of; null where cells are not told apart. */
export function ownerColors(
  theme: Theme,
  owner: Uint8Array | null,
  heads: readonly { readonly head: number }[],
  n_head: number
): ((index: number) => StageColors) | null {
  if (!owner) return null;
  const all = heads.map(({ head }) => probabilityColors(theme, head, n_head));
  return (index) => all[owner[index]];
}
