import { inLanguage } from '../spoken.svelte';

/** What each example prompt shows. */
export const exampleWords = inLanguage('exampleWords', {
  names: 'Mary and John',
  story: 'a story',
  pronoun: 'he or she',
  days: 'days',
  counting: 'counting',
  quotes: 'quotes',
  brackets: 'brackets',
  copying: 'copying',
  bytes: 'split bytes'
});
