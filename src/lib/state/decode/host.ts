import type { EngineClient, ModelInfo } from '$lib/engine';
import type { Vocabulary } from '$lib/gpt2';
import type { PromptChoice } from '../prompt-choice.svelte';
import type { Run } from '../run';
import type { ViewState } from '../view-state';

/** What decoding needs of the page's state. */
export interface DecodeHost {
  readonly view: ViewState;
  /** The prompt's own run. */
  readonly run: Run | null;
  /** A run of the prompt is under way. */
  readonly running: boolean;
  readonly vocabulary: Vocabulary | null;
  readonly model: ModelInfo | null;
  readonly engine: EngineClient | null;
  show(change: Partial<Pick<ViewState, 'generated' | 'step'>>): void;
  readonly prompts: Pick<PromptChoice, 'openTokens'>;
  reportFailure(error: unknown): void;
}

/** The page's options of one generation: as many new tokens as asked for, or as the context has room for. */
export function newTokens(host: DecodeHost, length: number): number {
  const room = (host.model?.config.n_ctx ?? 0) - length;
  return Math.max(0, Math.min(host.view.max_new_tokens, room));
}
