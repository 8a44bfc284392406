import { inLanguage } from '../spoken.svelte';

/** What is wrong with a link. */
export const linkWords = inLanguage('linkWords', {
  wholeNumber: (least: number, most: number) => `a whole number from ${least} to ${most}`,
  number: (least: number, most: number) => `a number from ${least} to ${most}`,
  oneOf: (known: readonly string[]) => `one of ${known.join(', ')}`,
  flag: '0 or 1',
  length: (most: number) => `at most ${most} characters`,
  zoom: 'a scale above 1 and two shares, such as 3.2_0.25_0.5',
  heads: (most: number) => `up to ${most} heads, such as 9.8_9.0`,
  edits: 'a list of edits, such as zero:z.8.2;scale=0.5:mlp_out.3@4',
  modelName: 'the name of a model',
  tables: 'names of tables with points between them, such as lens.next',
  recording: 'the name of a recording, or its address on this site',
  columns: (most: number) => `up to ${most} columns of settings, such as best_sample-t0.7`,
  damaged: 'The link is damaged, and what it held cannot be read. Copy it again, whole.',
  version: (given: string, newest: number) =>
    `The link's v should be at most ${newest}, got ${given}: a newer version of this page made it, and some of it may be missing here. Reload the page.`,
  refused: (name: string, expected: string) =>
    `The link's ${name} should be ${expected}; the usual one is shown.`,
  absent: (name: string, value: number, last: number) =>
    `The link's ${name} ${value} does not exist here (0 to ${last}); the usual one is shown.`,
  absentAll: (name: string, value: number) =>
    `The link's ${name} ${value} does not exist here (there is none); the usual one is shown.`
});
