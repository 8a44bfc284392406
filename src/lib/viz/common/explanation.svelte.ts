import { getContext, setContext } from 'svelte';

const KEY = Symbol();

/** Tells the pictures of a page whether they are explained from the start. Call it while a component is set up. */
export function explainFirst(isExplained: () => boolean): void {
  setContext(KEY, isExplained);
}

/** Whether a picture's explanation is open: as the page has it, until the reader says otherwise. */
export function explanation(): { open: boolean } {
  const first = getContext<(() => boolean) | undefined>(KEY);
  let chosen = $state<boolean | null>(null);
  return {
    get open() {
      return chosen ?? first?.() ?? false;
    },
    set open(open) {
      chosen = open;
    }
  };
}
