import type { Vocabulary } from '../tokenizer/vocabulary.ts';
import type { CheckedOptions, StopReason } from './types.ts';

export type StopRule = (ids: readonly number[], newTokens: number) => StopReason | null;

/**
 * Tells, after a token was added, whether the sequence ends with it.
 *
 * A stop string counts where the text holds it and its end lies in the last token, which may continue beyond it. It is
 * matched in bytes, so a character split over tokens is found; it may begin in the prompt.
 *
 * Source: transformers, EosTokenCriteria, StopStringCriteria, MaxLengthCriteria.
 */
export function stopRule(
  { eos_token_id, stop_strings, max_new_tokens }: CheckedOptions,
  vocabulary: Pick<Vocabulary, 'token'>
): StopRule {
  const ends = new Set(eos_token_id);
  const stops = stop_strings.map((text) => new TextEncoder().encode(text));
  return (ids, newTokens) => {
    if (ends.has(ids[ids.length - 1])) return 'eos';
    if (stops.some((stop) => endsInLastToken(stop, ids, vocabulary))) return 'stop_string';
    return newTokens >= max_new_tokens ? 'length' : null;
  };
}

function endsInLastToken(
  stop: Uint8Array,
  ids: readonly number[],
  vocabulary: Pick<Vocabulary, 'token'>
): boolean {
  const last = vocabulary.token(ids[ids.length - 1]).bytes;
  // the last token, and before it as many bytes as a stop string may reach back
  const pieces = [last];
  let before = 0;
  for (let index = ids.length - 2; index >= 0 && before < stop.length - 1; index--) {
    const { bytes } = vocabulary.token(ids[index]);
    pieces.unshift(bytes);
    before += bytes.length;
  }
  const text = pieces.flatMap((piece) => [...piece]);
  for (let end = before + 1; end <= text.length; end++) {
    const start = end - stop.length;
    if (start >= 0 && stop.every((byte, offset) => text[start + offset] === byte)) return true;
  }
  return false;
}
