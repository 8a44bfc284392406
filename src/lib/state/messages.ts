import { messages, problemText } from '$lib/words';

export { messages, problemText };

/** Why a prompt of this many tokens cannot be run; null if it can. */
export function promptProblem(tokens: number, limit: number): string | null {
  if (tokens === 0) return messages.emptyPrompt;
  return tokens > limit ? messages.tooLong(tokens, limit) : null;
}
