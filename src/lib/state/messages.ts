/** Every sentence for readers of the page about something that went wrong: plain words, one next step. */
export const messages = {
  emptyPrompt: 'There is no token to read yet. Write some text, or put <|endoftext|> in front.',
  tooLong: (tokens: number, limit: number) =>
    `The prompt has ${tokens} tokens and this model reads ${limit}. Shorten it by ${tokens - limit}, or keep one end of it.`,
  unknownModel: (name: string, shown: string) => `The link's model ${name} is not here; ${shown} is shown.`,
  modelNotHere: (name: string, shown: string) =>
    `The link's model ${name} is not on this device yet; ${shown} is shown. Get it under Models.`,
  switchFailed: (name: string, detail: string) => `${name} could not be opened (${detail}).`,
  notKept: (name: string, reason: string) =>
    `${name} is not kept for the next visit (${reason}); it runs from memory.`,
  kept: (name: string) => `${name} is kept in this browser. It opens without the internet now.`,
  removed: (name: string) => `${name} was deleted from this browser.`,
  inUse: (name: string) => `${name} is being read in another tab. Close it there, then delete it.`,
  noAddress: 'Write a hub id such as openai-community/gpt2, or an address that starts with https://.',
  filesMissing: (names: readonly string[]) =>
    `These files are missing: ${names.join(', ')}. Choose them together.`,
  continuedOn: (backend: string, detail: string) =>
    `The computation stopped (${detail}) and goes on with ${backend}. Prompt and selection are as they were.`,
  modelFailed: (detail: string) =>
    `The model could not be opened (${detail}). Check the connection and press Retry.`,
  engineFailed: (detail: string) => `The computation stopped (${detail}). Press Retry.`,
  readFailed: (detail: string) => `A part of the model could not be read (${detail}). Press Retry.`,
  cellsFailed: (detail: string) =>
    `The cells could not be run (${detail}). Check the connection and reload the page.`,
  viewFailed: 'This view could not be fetched. Check the connection and load the page again.',
  copied: 'Link copied.',
  copyFailed:
    'The browser did not allow copying. Copy the address from the address bar; it holds the same view.'
};

/** Why a prompt of this many tokens cannot be run; null if it can. */
export function promptProblem(tokens: number, limit: number): string | null {
  if (tokens === 0) return messages.emptyPrompt;
  return tokens > limit ? messages.tooLong(tokens, limit) : null;
}

/** The first sentence of an error, for inside one of the messages. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
