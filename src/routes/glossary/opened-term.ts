/** What `TermCard` needs of a term that was pressed. */
export interface OpenedTerm {
  readonly term: string;
  /** The word on the page. */
  readonly opener: HTMLAnchorElement;
  /** The term's entry on the glossary's page. */
  readonly all: string;
}

/** The term that a click asks for, in place; null if it asks for something else, or for a tab of its own. */
export function openedTerm(event: MouseEvent): OpenedTerm | null {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const opener = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[data-term]');
  const term = opener ? opener.dataset.term : undefined;
  return isPlain && opener && term ? { term, opener, all: opener.href } : null;
}
