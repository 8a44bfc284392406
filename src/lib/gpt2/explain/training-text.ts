/** What a model has read: where the end of a prompt stands in a training text, and which tokens come after it there. */

/**
 * For each ending of `ids`, from the last token alone to the longest one that stands in the text: the places of the tokens
 * that come after it there.
 *
 * Shapes: text [tokens], each document followed by the id of the end of a text; -> one list for each length, the first for
 * one token; a list is part of the one before it, each place one after the ending's last token.
 *
 * @param most tokens of the longest ending that is looked for
 */
export function endingMatches(
  text: ArrayLike<number>,
  ids: readonly number[],
  most = ids.length
): number[][] {
  const matches: number[][] = [];
  let places: number[] = [];
  for (let at = 1; at < text.length; at++) if (text[at - 1] === ids.at(-1)) places.push(at);
  for (let length = 1; places.length > 0 && length <= most; length++) {
    matches.push(places);
    const before = ids.at(-1 - length);
    places = places.filter((at) => before !== undefined && text[at - 1 - length] === before);
  }
  return matches;
}

/** How often each token stands at one of these places: most often first, then by id. */
export function tokenCounts(
  text: ArrayLike<number>,
  places: readonly number[]
): { readonly id: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const at of places) counts.set(text[at], (counts.get(text[at]) ?? 0) + 1);
  return [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || a.id - b.id);
}
