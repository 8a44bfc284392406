import type { BeamStep, GeneratedSequence } from '$lib/gpt2';

/** What the pictures of beam search need of a step. */
export type ShownBeamStep = Pick<BeamStep, 'step' | 'beams' | 'candidates' | 'kept' | 'finished' | 'done'>;
export type ShownSequence = Pick<
  GeneratedSequence,
  'ids' | 'newIds' | 'logProbability' | 'score' | 'nodes' | 'stopped'
>;

/** The prompt: where every path starts. */
export const ROOT = 0;
