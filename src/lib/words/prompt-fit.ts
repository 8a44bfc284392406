import { promptWords as words } from './en/prompt';

/** What is done with a prompt that is too long. */
export type KeptEnd = 'first' | 'last';

/** A prompt with more tokens than a model reads, until its reader has chosen. */
export interface TooLong {
  readonly tokens: number;
  /** Tokens that the model reads. */
  readonly limit: number;
  /** The model that was asked for; null: the one in use. */
  readonly model: string | null;
}

/** A prompt that was cut, and what it was. */
export interface CutPrompt {
  readonly tokens: number;
  readonly kept: number;
  readonly end: KeptEnd;
}

/** What happens until there is an answer. */
export function untilSentence({ model }: TooLong, current: string, hasRun: boolean): string {
  if (model !== null) return words.untilModel(current);
  return hasRun ? words.untilRun : words.until;
}

/** `The first 286 of 1,310 tokens were left out.` */
export function cutSentence({ tokens, kept, end }: CutPrompt): string {
  const out = tokens - kept;
  return end === 'last' ? words.firstLeftOut(out, tokens) : words.lastLeftOut(out, tokens);
}
