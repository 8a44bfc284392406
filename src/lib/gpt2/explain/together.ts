/** The items in order, in groups of at most so many neighbours that belong to one layer: what is computed together. */
export function* together<T>(
  items: readonly T[],
  atOnce: number,
  layerOf: (item: T) => number
): Generator<T[], void, void> {
  let group: T[] = [];
  for (const item of items) {
    if (group.length === atOnce || (group.length > 0 && layerOf(group[0]) !== layerOf(item))) {
      yield group;
      group = [];
    }
    group.push(item);
  }
  if (group.length > 0) yield group;
}
