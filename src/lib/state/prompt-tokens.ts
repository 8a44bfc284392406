import type { EngineClient, ModelInfo } from '$lib/engine';
import type { Token, Vocabulary } from '$lib/gpt2';
import { frontOf, tokensOf } from './append';
import { messages } from './messages';
import type { Say } from './reports.svelte';
import type { ViewState } from './view-state';

/** Of the ids that are left out. */
const MOST_NAMED = 5;

/** What is tokenized: a text, or the ids of a link. */
type Written = Pick<ViewState, 'prompt' | 'ids' | 'bos'>;

/** Tokens of the prompt in a model, with what stands in front of every prompt. */
export async function promptTokens(
  { prompt, ids, bos }: Written,
  engine: EngineClient,
  model: ModelInfo,
  vocabulary: Vocabulary
): Promise<Token[]> {
  const front = frontOf(bos, model.beginning, vocabulary);
  const body = ids ? tokensOf(ids, vocabulary) : await engine.tokenize(prompt);
  return [...front, ...body];
}

/** Takes ids out of the link that the model has no row for; where no other is left, the prompt is its text. */
export function leaveOutUnknown(view: Written, { vocab_size }: Vocabulary): Say | null {
  const unknown = view.ids?.filter((id) => id >= vocab_size) ?? [];
  if (unknown.length === 0) return null;
  const left = view.ids!.filter((id) => id < vocab_size);
  view.ids = left.length === 0 ? null : left;
  const named = unknown.slice(0, MOST_NAMED).join(', ') + (unknown.length > MOST_NAMED ? ', …' : '');
  return () => messages.unknownIds(named, vocab_size - 1);
}
