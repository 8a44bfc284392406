import { getContext, setContext } from 'svelte';

/** A context that a page may give to what it draws, and how it is read: undefined where no page has given one. */
export function optionalContext<T>(): [read: () => T | undefined, give: (value: T) => void] {
  const key = {};
  return [() => getContext<T | undefined>(key), (value) => void setContext(key, value)];
}
