import type { EngineSession } from '../engine-session.svelte';
import type { OpenModel } from '../open-model.svelte';
import type { PromptChoice } from '../prompt-choice.svelte';
import type { PromptRun } from '../prompt-run.svelte';
import type { Selection } from '../selection.svelte';

/** What decoding needs of the page's state. */
export interface DecodeNeeds {
  readonly selection: Pick<Selection, 'view' | 'show'>;
  readonly session: Pick<EngineSession, 'engine'>;
  readonly model: Pick<OpenModel, 'info' | 'vocabulary'>;
  /** The prompt's own run. */
  readonly prompt: Pick<PromptRun, 'run' | 'running'>;
  readonly prompts: Pick<PromptChoice, 'openTokens'>;
  readonly readFailed: (error: unknown) => void;
}

/** The page's options of one generation: as many new tokens as asked for, or as the context has room for. */
export function newTokens({ model, selection }: DecodeNeeds, length: number): number {
  const room = (model.info?.config.n_ctx ?? 0) - length;
  return Math.max(0, Math.min(selection.view.max_new_tokens, room));
}
