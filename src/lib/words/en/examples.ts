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

/** Why an example opens on its head; {token} is the token that the head reads from. */
export const exampleStoryWords = inLanguage('exampleStoryWords', {
  names: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the name that comes next.`,
  story: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is who the story is about.`,
  pronoun: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is who “she” stands for.`,
  days: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the day before the next one.`,
  counting: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the number before the next one.`,
  quotes: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the quotation mark that is still open.`,
  brackets: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the bracket that is still open.`,
  copying: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the word that came next the first time.`,
  bytes: (head: string, share: string) =>
    `Opened on head ${head}: of all heads, it gives {token} the most weight, ${share}. That is the last byte of the 🦊 before it.`
});
