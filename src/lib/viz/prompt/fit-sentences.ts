import { promptWords as words } from '$lib/words';

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

/** What happens until there is an answer. */
export function untilSentence({ model }: Asked, current: string, hasRun: boolean): string {
  if (model !== null) return words.untilModel(current);
  return hasRun ? words.untilRun : words.until;
}

/** `The first 286 of 1,310 tokens were left out.` */
export function cutSentence({ tokens, kept, end }: Cut): string {
  const out = tokens - kept;
  return end === 'last' ? words.firstLeftOut(out, tokens) : words.lastLeftOut(out, tokens);
}
