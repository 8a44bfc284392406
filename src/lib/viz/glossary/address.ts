import type { Term } from '$lib/words/en/views/terms';
import { optionalContext } from '../common/optional-context';

/** Where a term's entry stands on the glossary's page. */
export type TermAddress = (term: Term) => string;

const [addressAround, setTermAddress] = optionalContext<TermAddress | null>();

/** Tells all terms of the page where the glossary is; null: there is none. Call it while a component is set up. */
export { setTermAddress };

/** Null where there is no glossary. Call it while a component is set up; where no page has told it, a term leads nowhere else. */
export function termAddress(): TermAddress | null {
  const address = addressAround();
  return address === undefined ? (term) => `#${term}` : address;
}
