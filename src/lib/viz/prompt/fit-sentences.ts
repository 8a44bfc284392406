import { formatInteger } from '../common/format';

/** A prompt with more tokens than a model reads. */
export interface Asked {
  readonly tokens: number;
  readonly limit: number;
  /** The model that was asked for; null: the one in use. */
  readonly model: string | null;
}

/** A prompt that was cut. */
export interface Cut {
  readonly tokens: number;
  readonly kept: number;
  readonly end: 'first' | 'last';
}

/** What is to be decided: `This prompt has 1,310 tokens; this model reads 1,024.` */
export function askedSentence({ tokens, limit, model }: Asked): string {
  return `This prompt has ${formatInteger(tokens)} tokens; ${model ?? 'this model'} reads ${formatInteger(limit)}.`;
}

/** What happens until then. */
export function untilSentence({ model }: Asked, current: string, hasRun: boolean): string {
  if (model !== null) return `${current} and its pictures stay until you choose.`;
  return hasRun
    ? 'The text stays as you wrote it, and the pictures show the last prompt that fitted, until you choose or shorten it yourself.'
    : 'The text stays as it is until you choose or shorten it yourself.';
}

/** `The first 286 of 1,310 tokens were left out.` */
export function cutSentence({ tokens, kept, end }: Cut): string {
  const out = formatInteger(tokens - kept);
  return `The ${end === 'last' ? 'first' : 'last'} ${out} of ${formatInteger(tokens)} tokens were left out.`;
}
