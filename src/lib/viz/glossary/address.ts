import { getContext, setContext } from 'svelte';
import type { Term } from '$lib/words/en/views/terms';

const KEY = Symbol();

/** Where a term's entry stands on the glossary's page. */
export type TermAddress = (term: Term) => string;

/** Tells all terms of the page where the glossary is; null: there is none. Call it while a component is set up. */
export function setTermAddress(address: TermAddress | null): void {
  setContext(KEY, address);
}

/** Null where there is no glossary. Call it while a component is set up; where no page has told it, a term leads nowhere else. */
export function termAddress(): TermAddress | null {
  const told = getContext<TermAddress | null | undefined>(KEY);
  return told === undefined ? (term) => `#${term}` : told;
}
