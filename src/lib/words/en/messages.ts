import { inLanguage } from '../spoken.svelte';

/** Every sentence about something that went wrong or was done: plain words, one next step. */
export const messages = inLanguage('messages', {
  nothingRun: 'Nothing has been run yet: choose above what to do with the prompt.',
  emptyPrompt: 'There is no token to read yet. Write some text, or put <|endoftext|> in front.',
  tooLong: (tokens: number, limit: number) =>
    `The prompt has ${tokens} tokens and this model reads ${limit}. Shorten it by ${tokens - limit}, or keep one end of it.`,
  unknownIds: (ids: string, last: number) =>
    `Ids of the link that this model has no row for are left out: ${ids}. It has rows for 0 to ${last}.`,
  unknownModel: (name: string, shown: string) => `The link's model ${name} is not here; ${shown} is shown.`,
  modelNotHere: (name: string, shown: string) =>
    `The link's model ${name} is not on this device yet; ${shown} is shown. Get it under Models.`,
  notHere: (name: string) => `${name} could not be opened (it is not here).`,
  switchFailed: (name: string, detail: string) => `${name} could not be opened (${detail}).`,
  notKept: (name: string, reason: string) =>
    `${name} is not kept for the next visit (${reason}); it runs from memory.`,
  kept: (name: string) => `${name} is kept in this browser. It opens without the internet now.`,
  removed: (name: string) => `${name} was deleted from this browser.`,
  inUse: (name: string) => `${name} is being read in another tab. Close it there, then delete it.`,
  noAddress: 'Write a hub id such as openai-community/gpt2, or an address that starts with https://.',
  servedHere: (name: string) => `${name} comes with this page: it is in the list.`,
  mirrorNotKept: 'The mirror holds for this visit only: the browser keeps nothing for this page.',
  filesMissing: (names: readonly string[]) =>
    `These files are missing: ${names.join(', ')}. Choose them together.`,
  continuedOn: (backend: string, detail: string) =>
    `The computation stopped (${detail}) and continues with ${backend}. Prompt and selection are as they were.`,
  modelFailed: (detail: string) =>
    `The model could not be opened (${detail}). Check the connection and press Retry.`,
  engineFailed: (detail: string) => `The computation stopped (${detail}). Press Retry.`,
  scriptMissing: 'its script could not be fetched',
  readFailed: (detail: string) => `A part of the model could not be read (${detail}). Press Retry.`,
  cellsFailed: (detail: string) =>
    `The cells could not be run (${detail}). Check the connection and reload the page.`,
  recordingFailed: (detail: string) => `The recorded run could not be opened (${detail}).`,
  sessionFailed: (detail: string) => `The session could not be opened (${detail}).`,
  viewFailed: 'This view could not be fetched. Check the connection and load the page again.',
  copied: 'Link copied.',
  copiedLong: (letters: number, most: number) =>
    `Link copied. It has ${letters.toLocaleString('en')} letters, and some mail and chat programs cut links of more than about ${most.toLocaleString('en')}. A shorter prompt makes a shorter link.`,
  copyFailed:
    'The browser did not allow copying. Copy the address from the address bar; it holds the same view.',
  languageFailed:
    'Chinese could not be fetched; the page stays in English. Check the connection and choose it again. 中文界面未能加载，请检查网络后再试。',
  badLanguage: (known: string) => `The link's lang should be one of ${known}; the usual one is shown.`
});
