export { setTermAddress, termAddress } from './address';
export { markTerms, termParts } from './mark-terms';
export { ALL_TERMS, TERM_GROUPS, termFacts, termsOf } from './terms';
export { default as Terms } from './Terms.svelte';
