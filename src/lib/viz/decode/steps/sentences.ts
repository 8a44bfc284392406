import { formatInteger, formatProbability } from '../../common';

const DIGITS = 4;

/** Why this token: in one sentence, with the numbers of the draw. */
export function drawSentence(draw: number, [from, to]: readonly [number, number], label: string): string {
  const stretch = `${from.toFixed(DIGITS)} to ${to.toFixed(DIGITS)}`;
  return `The draw ${draw.toFixed(DIGITS)} falls on ${label}, which lies from ${stretch}.`;
}

/** Why this token, where nothing is drawn. */
export function bestSentence(label: string, probability: number): string {
  return `Nothing is drawn: ${label} has the highest score, ${formatProbability(probability)}.`;
}

/** Where the number of a draw comes from. */
export function seedSentence(seed: number, T: number): string {
  return `It is number ${formatInteger(T)} of seed ${seed}’s sequence, because ${formatInteger(T)} ${T === 1 ? 'token stands' : 'tokens stand'} before: the same seed and text always give it.`;
}

/** A token in the text that the settings on screen would not choose. */
export function differsSentence(taken: string, chosen: string): string {
  return `The text has ${taken} here, taken with other settings; these would choose ${chosen}.`;
}

const MS_PER_SECOND = 1000;

/** Measured speed: `37.1 tokens/s (20 in 0.54 s)`. */
export function speedSentence(tokens: number, milliseconds: number): string {
  const seconds = milliseconds / MS_PER_SECOND;
  const rate = tokens / seconds;
  return `${rate.toFixed(rate < 100 ? 1 : 0)} tokens/s (${formatInteger(tokens)} in ${seconds.toFixed(2)} s)`;
}

/** Why nothing can be added. */
export function endedSentence(why: 'eos' | 'full'): string {
  return why === 'eos'
    ? 'The model has ended its text with <|endoftext|>. Undo to go on differently.'
    : 'The model’s context is full. Undo, or open a shorter prompt.';
}
