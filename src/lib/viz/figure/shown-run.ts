import { getContext, setContext } from 'svelte';
import type { PythonRun } from '$lib/gpt2';

const KEY = Symbol();

/** Says what is run, to the menus of the pictures inside. Call it while a component is set up. */
export function offerRun(read: () => PythonRun): void {
  setContext(KEY, read);
}

/** What is run around a picture; null where nobody has said it. Call it while the picture's component is set up. */
export function runAround(): (() => PythonRun) | null {
  return getContext<(() => PythonRun) | undefined>(KEY) ?? null;
}
