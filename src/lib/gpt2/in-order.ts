/** Makes one thing of each item, one after another: what is read from a run for one may free what another would read. */
export async function inOrder<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = [];
  for (const item of items) made.push(await make(item));
  return made;
}
