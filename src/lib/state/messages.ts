import { messages } from '$lib/words';

export { messages };

/** Why a prompt of this many tokens cannot be run; null if it can. */
export function promptProblem(tokens: number, limit: number): string | null {
  if (tokens === 0) return messages.emptyPrompt;
  return tokens > limit ? messages.tooLong(tokens, limit) : null;
}

/** The first sentence of an error, for inside one of the messages. */
export function detailOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
