import { decodeWords as words } from '$lib/words';
import { formatProbability, formatStretch, formatFixed } from '../../common';

/** Why this token: in one sentence, with the numbers of the draw. */
export function drawSentence(draw: number, [from, to]: readonly [number, number], label: string): string {
  const [low, at, high] = formatStretch(from, draw, to);
  return words.drawFalls(at, label, low, high);
}

/** Why this token, where nothing is drawn. */
export function bestSentence(label: string, probability: number): string {
  return words.nothingDrawn(label, formatProbability(probability));
}

const MS_PER_SECOND = 1000;

/** Measured speed: `37.1 tokens/s (20 in 0.54 s)`. */
export function speedSentence(tokens: number, milliseconds: number): string {
  const seconds = milliseconds / MS_PER_SECOND;
  const rate = tokens / seconds;
  return words.speed(formatFixed(rate, rate < 100 ? 1 : 0), tokens, formatFixed(seconds, 2));
}
