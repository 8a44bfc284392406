import type { BeamStep, GeneratedSequence } from '$lib/gpt2';

/** What the pictures of beam search need of a step. */
export type ShownBeamStep = Pick<BeamStep, 'step' | 'beams' | 'candidates' | 'kept' | 'finished' | 'done'>;
export type ShownSequence = Pick<
  GeneratedSequence,
  'ids' | 'newIds' | 'logProbability' | 'score' | 'nodes' | 'stopped'
>;

/** The settings of a search, and what changes them. */
export interface BeamControlsProps {
  num_beams: number;
  mostBeams: number;
  length_penalty: number;
  early_stopping: EarlyStopping;
  max_new_tokens: number;
  /** As many as the context has room for. */
  mostTokens: number;
  onbeams: (num_beams: number) => void;
  onpenalty: (length_penalty: number) => void;
  onearly: (early_stopping: EarlyStopping) => void;
  ontokens: (max_new_tokens: number) => void;
  oncancel: () => void;
  onsearch: () => void;
}

export type EarlyStopping = 'false' | 'true' | 'never';

/** The prompt: where every path starts. */
export const ROOT = 0;
