/** Every sentence for readers of the page about something that went wrong: plain words, one next step. */
export const messages = {
  emptyPrompt: 'There is no token to read yet. Write some text, or put <|endoftext|> in front.',
  tooLong: (tokens: number, limit: number) =>
    `The prompt has ${tokens} tokens and this model reads ${limit}. Shorten it by ${tokens - limit}; the pictures still show the last prompt that fitted.`,
  unknownModel: (name: string, shown: string) => `The link's model ${name} is not here; ${shown} is shown.`,
  modelFailed: (detail: string) =>
    `The model could not be opened (${detail}). Check the connection and press Retry.`,
  engineFailed: (detail: string) => `The computation stopped (${detail}). Press Retry.`,
  readFailed: (detail: string) => `A part of the model could not be read (${detail}). Press Retry.`,
  cellsFailed: (detail: string) =>
    `The cells could not be run (${detail}). Check the connection and reload the page.`,
  copied: 'Link copied.',
  copyFailed:
    'The browser did not allow copying. Copy the address from the address bar; it holds the same view.'
};

/** The first sentence of an error, for inside one of the messages. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
