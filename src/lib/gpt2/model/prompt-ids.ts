import type { Gpt2Config } from './config.ts';
import { InputError, mustBe } from '../errors.ts';

/**
 * Checks that token ids can be run by a model of this size.
 *
 * Throws: InputError if there is no id, there are more than n_ctx, or one is not a row of wte.
 */
export function checkIds(ids: readonly number[], { n_ctx, vocab_size }: Gpt2Config): void {
  if (ids.length === 0) {
    throw new InputError(mustBe('prompt', 'at least 1 token', '0 tokens', 'Write some text.'));
  }
  if (ids.length > n_ctx) {
    const advice = `Shorten it by ${ids.length - n_ctx} tokens.`;
    throw new InputError(mustBe('prompt', `at most ${n_ctx} tokens`, `${ids.length} tokens`, advice));
  }
  const wrong = ids.findIndex((id) => !Number.isInteger(id) || id < 0 || id >= vocab_size);
  if (wrong >= 0) {
    const expected = `a whole number from 0 to ${vocab_size - 1}`;
    throw new InputError(mustBe(`prompt: id at position ${wrong}`, expected, ids[wrong], 'Check the ids.'));
  }
}
