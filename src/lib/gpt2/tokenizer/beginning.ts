/** The token that can be put in front of a text; apart from the tokenizer, which a page need not load for it. */
import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Gpt2Tokenizer } from './tokenizer.ts';

/**
 * The token that can be put in front of a text: the tokenizer's own beginning, else config.json's where the tokenizer knows
 * it as a special token. null: there is none that the model has a row for.
 */
export function beginning(
  { named, specials }: { named: Gpt2Tokenizer['named']; specials: readonly number[] },
  { bos_token_id, vocab_size }: Pick<Gpt2Config, 'bos_token_id' | 'vocab_size'>
): number | null {
  const known = bos_token_id !== null && specials.includes(bos_token_id) ? bos_token_id : undefined;
  return [named.bos_token, known].find((id) => id !== undefined && id < vocab_size) ?? null;
}

/** As `beginning`.  Throws: InputError if there is none. */
export function beginningId(
  tokenizer: Pick<Gpt2Tokenizer, 'named' | 'pieces'>,
  config: Pick<Gpt2Config, 'bos_token_id' | 'vocab_size'>
): number {
  const id = beginning({ named: tokenizer.named, specials: tokenizer.pieces().specials }, config);
  if (id !== null) return id;
  const advice = 'Leave it out.';
  throw new InputError(mustBe('beginning', 'a token of the tokenizer', 'none', advice));
}
