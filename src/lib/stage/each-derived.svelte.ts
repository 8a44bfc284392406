/**
 * Props of a component, each evaluated by itself: who reads one follows what that one is made of.
 *
 * @param reads where each prop comes from
 */
export function eachDerived<Source>(
  reads: Readonly<Record<string, (source: Source) => unknown>>,
  source: Source
): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(reads)) {
    const value = $derived(read(source));
    Object.defineProperty(props, name, { enumerable: true, get: () => value });
  }
  return props;
}
