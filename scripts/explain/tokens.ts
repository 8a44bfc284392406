import type { Gpt2Model } from '../../src/lib/gpt2/index.ts';
import { UsageError } from '../command/usage-error.ts';

/** Token ids of a text. */
export function idsOf({ tokenizer }: Gpt2Model, text: string): number[] {
  return tokenizer.encode(text).map(({ id }) => id);
}

/** The id of a text that is one token. Throws: UsageError that shows the tokens, if it is none or several. */
export function tokenOf(model: Gpt2Model, flag: string, text: string): number {
  const tokens = model.tokenizer.encode(text);
  if (tokens.length === 1) return tokens[0].id;
  const shown = tokens.map((token) => JSON.stringify(token.text)).join(' ') || 'none';
  throw new UsageError(
    `explain: ${flag} must be one token, got ${tokens.length} (${shown}). A word within a text begins with a space: " Mary".`
  );
}
