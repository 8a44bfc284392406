import { inLanguage } from '../../spoken.svelte';

/** Counting over a text: which one, how far it is, and the place that is shown. */
export const textCountingWords = inLanguage('textCountingWords', {
  whichText: 'Which text',
  sources: { stories: 'built-in stories', own: 'your own text' },
  storiesAre:
    'The stories were written by gpt2-nano itself, from eight beginnings with 64 seeds: this model’s own kind of text.',
  ownText: 'Your own text',
  pasteOrDrop: 'Paste a text, or drop a .txt file here',
  chooseFile: 'or choose a file',
  notText: (name: string) => `${name} is not a text file. Choose a .txt file.`,
  characters: (count: string) => `${count} characters.`,
  notInLink: 'It stays in this page: a link does not hold it.',
  count: (rows: number, length: number) => `Count over up to ${rows} × ${length} tokens`,
  counting: 'Rows counted',
  rowsDone: (done: number, total: number) => `${done} of ${total} rows`,
  cancel: 'Cancel',
  storiesFailed: (reason: string) =>
    `The stories could not be fetched (${reason}). Paste a text of your own.`,
  /** What has been counted. */
  dataText: (source: string, rows: number, tokens: number) => `${source} (${tokens} tokens in ${rows} rows)`
});
