import { diffArrays } from 'diff';
import type { Token } from '$lib/gpt2';

/** A place of two prompts: a position in each, or null where that prompt has no such place. */
export interface AlignedPlace {
  readonly a: number | null;
  readonly b: number | null;
  /** What stands there: in A, or in B where A has nothing. */
  readonly token: Token;
}

/**
 * The places of two prompts side by side. Prompts of one length are paired position by position, as patching takes them;
 * others by a diff of their tokens: those that one prompt alone has stand alone.
 *
 * @param isOneVocabulary whether ids mean the same tokens in both; otherwise all are compared by their text
 */
export function alignTokens(
  here: readonly Token[],
  there: readonly Token[],
  isOneVocabulary = true
): AlignedPlace[] {
  if (here.length === there.length && isOneVocabulary)
    return here.map((token, at) => ({ a: at, b: at, token }));
  const places: AlignedPlace[] = [];
  let [a, b] = [0, 0];
  const keys = (tokens: readonly Token[]) => tokens.map(({ id, text }) => (isOneVocabulary ? id : text));
  for (const { added, removed, count } of diffArrays(keys(here), keys(there))) {
    for (let i = 0; i < count; i++) {
      const token = added ? there[b] : here[a];
      places.push({ a: added ? null : a++, b: removed ? null : b++, token });
    }
  }
  return places;
}
