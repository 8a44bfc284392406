/** How one cell's value came about, from the head's own query and key to the probability. */
import { attentionWords as words } from '$lib/words';
import { formatNumber, formatWeight, shiftedPower } from '../common/format';
import { scoreDivisor } from '../common/score-divisor';
import { dotRow, mayRead, type BlockAttention, type HeadShape, type Stage } from './scores';

/** The numbers of one (query, key) pair at each stage. */
export interface CellStory {
  readonly query: number;
  readonly key: number;
  /** What the score is divided by, as text: `√64`. */
  readonly divisor: string;
  /** q·k, in float64. */
  readonly qk: number;
  /** q·k / divisor. */
  readonly scaled: number;
  /** What the mask leaves of it: −∞ where the key comes after the query. */
  readonly masked: number;
  /** How many keys the softmax runs over. */
  readonly keys: number;
  /** Subtracted from every score before e^…, as the model does it: the query's highest score. */
  readonly shift: number;
  /** e^(masked − shift). */
  readonly exponential: number;
  /** The sum of e^(score − shift) over the keys the query may read. */
  readonly sum: number;
  /** exponential / sum. */
  readonly softmax: number;
  /** The model's own pattern at this cell, in float32; undefined while it is not loaded. */
  readonly pattern: number | undefined;
}

/**
 * Follows every key of one query through the four stages.
 *
 * Shapes: the arrays as in BlockAttention → one story a key, T of them.
 * Returns undefined while q or k is not loaded.
 */
export function rowStories(
  block: BlockAttention,
  shape: HeadShape,
  head: number,
  query: number
): CellStory[] | undefined {
  const { q, k, pattern } = block;
  if (!q || !k || query >= shape.T) return undefined;
  const divisor = scoreDivisor(shape.d_head, shape.factor);
  const dots = dotRow(q, k, shape, head, query);
  const scores = dots.slice(0, query + 1).map((dot) => dot / divisor.value);
  const shift = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = scores.reduce((total, score) => total + Math.exp(score - shift), 0);
  return Array.from(dots, (qk, key) => {
    const scaled = qk / divisor.value;
    const masked = mayRead(query, key) ? scaled : -Infinity;
    const exponential = Math.exp(masked - shift);
    return {
      query,
      key,
      divisor: divisor.text,
      qk,
      scaled,
      masked,
      keys: query + 1,
      shift,
      exponential,
      sum,
      softmax: exponential / sum,
      pattern: pattern?.[query * shape.T + key]
    };
  });
}

/** The cell's value at a stage, as text. */
export function stageText(story: CellStory, stage: Stage): string {
  if (stage === 'softmax') return formatWeight(story.pattern ?? story.softmax);
  return scoreText(story[stage]);
}

/** A score as text; −∞ where it is masked. */
export function scoreText(score: number): string {
  return score === -Infinity ? '−∞' : formatNumber(score);
}

/** The steps that lead to the probability, with this cell's numbers filled in. */
export function storyLines(story: CellStory): string[] {
  const { query, key, divisor, qk, scaled, keys, shift, exponential, sum, softmax } = story;
  const start = [`q·k = ${formatNumber(qk)}`, `÷ ${divisor} = ${formatNumber(scaled)}`];
  if (!mayRead(query, key)) {
    return [...start, words.maskedOut(key, query), words.maskedSoftmax];
  }
  const ratio = `${formatNumber(exponential)} / ${formatNumber(sum)}`;
  const share = `${shiftedPower(scaled, shift)} / Σ = ${ratio} = ${formatWeight(softmax)}`;
  return [...start, words.softmaxOver(keys, share)];
}

// Float32 in the model against float64 here: far above rounding, far below anything an edit would change.
const SAME_PROBABILITY = 1e-3;

/** True when the model's pattern is not the softmax of these scores, as after an intervention. */
export function differsFromPattern(story: CellStory): boolean {
  return story.pattern !== undefined && !(Math.abs(story.pattern - story.softmax) <= SAME_PROBABILITY);
}
