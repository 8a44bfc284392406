import { diffArrays } from 'diff';
import type { Token } from '$lib/gpt2';

/** Two tokens that stand at the same place of two prompts; one is missing where the other prompt has no such place. */
export interface AlignedPair {
  readonly here: Token | undefined;
  readonly there: Token | undefined;
}

/**
 * The tokens of two prompts side by side. Prompts of one length are paired position by position, as patching takes them;
 * others by a diff of their ids: tokens that one prompt alone has stand alone.
 */
export function alignTokens(here: readonly Token[], there: readonly Token[]): AlignedPair[] {
  if (here.length === there.length) return here.map((token, at) => ({ here: token, there: there[at] }));
  const pairs: AlignedPair[] = [];
  let [a, b] = [0, 0];
  const ids = (tokens: readonly Token[]) => tokens.map(({ id }) => id);
  for (const { added, removed, count } of diffArrays(ids(here), ids(there))) {
    for (let i = 0; i < count; i++)
      pairs.push({ here: added ? undefined : here[a++], there: removed ? undefined : there[b++] });
  }
  return pairs;
}
