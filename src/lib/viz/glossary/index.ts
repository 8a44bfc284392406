export { setTermAddress, termAddress, type TermAddress } from './address';
export { markTerms, termParts, type TermPart } from './mark-terms';
export { ALL_TERMS, factsOf, TERM_GROUPS, TERMS, termsOf, type TermFacts, type TermGroup } from './terms';
export { default as Terms } from './Terms.svelte';
