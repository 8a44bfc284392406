/**
 * The catalogue: every word that a reader of the page can meet, in English and in Chinese. One file a part of the page
 * and language; `zh/<part>.ts` has the type of `en/<part>.ts`, so that a missing, misspelt or extra word is a type error.
 *
 *     import { shellWords as words } from '$lib/words';
 *     <button>{words.copyLink}</button>
 *
 * Components and the pure functions beside them (`sentences.ts`) read the words the same way, by importing their
 * part; a test that calls such a function gets English. A sentence is one entry with its values as parameters, never
 * glued together from pieces: word order differs. Names of activations and parameters, code, model ids, texts of tokens
 * and units are not words and stay where they are used.
 */
export * from './en';
export type { ModelCardFacts } from './model-card';
export { problemText } from './problem';
export { reasonText, type Reason } from './reason';
export { counted, integer, plural } from './numbers';
export { fetchWords, LANGUAGES, spoken, type Language } from './spoken.svelte';
export { cutSentence, untilSentence, type CutPrompt, type KeptEnd, type TooLong } from './prompt-fit';
