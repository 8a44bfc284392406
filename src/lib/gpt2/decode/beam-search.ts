/**
 * The bookkeeping of beam search, without a model: which continuations are kept, which are finished, and when to end.
 *
 * Of all continuations of all beams the 2 num_beams best are looked at (more with several end tokens), so that
 * num_beams are left even if every beam wants to end. Those that end and stand among the num_beams best become
 * finished sequences; the num_beams best that do not end continue.
 *
 * Source: Hugging Face transformers 5, generation/utils.py, _beam_search and the functions it calls.
 */
import type { Continuation } from './beam-candidates.ts';
import type { BeamTree } from './beam-tree.ts';
import type { StopRule } from './stop.ts';
import type { Beam, CheckedOptions, Hypothesis, StopReason } from './types.ts';

/** A continuation and what became of it. */
export interface JudgedContinuation extends Continuation {
  readonly place: number;
  readonly node: number;
  readonly ids: readonly number[];
  readonly stopped: StopReason | null;
  readonly state: 'kept' | 'finished' | 'pruned';
}

export interface BeamAdvance {
  /** What was looked at, in the order given. */
  readonly judged: readonly JudgedContinuation[];
  /** Beams of the next step, best first; the n-th continues `parents[n]`. */
  readonly kept: readonly Beam[];
  readonly parents: readonly number[];
  readonly finished: readonly Hypothesis[];
  readonly done: boolean;
}

export type BeamOptions = Pick<
  CheckedOptions,
  'num_beams' | 'length_penalty' | 'early_stopping' | 'max_new_tokens'
>;

/** How many continuations a step looks at, for so many end tokens. */
export function continuationCount(num_beams: number, endTokens: number): number {
  return Math.max(2, 1 + endTokens) * num_beams;
}

/** The state between two steps. */
export interface BeamState {
  readonly beams: readonly Beam[];
  readonly finished: readonly Hypothesis[];
}

/**
 * Takes one step.
 *
 * @param looked continuations of `state.beams`, in the order of preference
 * @param newTokens tokens that these continuations have beyond the prompt
 * @param stop tells if a sequence ends
 * @param tree gets a node for each continuation
 */
export function advanceBeams(
  { beams, finished }: BeamState,
  looked: readonly Continuation[],
  newTokens: number,
  options: BeamOptions,
  stop: StopRule,
  tree: BeamTree
): BeamAdvance {
  const { num_beams } = options;
  const found = looked.map((continuation, place) => {
    const beam = beams[continuation.beam];
    const ids = [...beam.ids, continuation.id];
    return { ...continuation, place, node: tree.add(beam.node), ids, stopped: stop(ids, newTokens) };
  });
  const goingOn = best(found.filter(({ stopped }) => stopped === null)).slice(0, num_beams);
  const ended = found.filter(({ place, stopped }) => place < num_beams && stopped !== null);
  const hypotheses = best([
    ...finished,
    ...ended.map((one) => ({
      node: one.node,
      ids: one.ids,
      cumulative: one.cumulative,
      score: one.cumulative / newTokens ** options.length_penalty,
      stopped: one.stopped!
    }))
  ]).slice(0, num_beams);
  const finishedNodes = new Set(hypotheses.map(({ node }) => node));
  return {
    judged: found.map((one) => ({
      ...one,
      state: goingOn.includes(one) ? 'kept' : finishedNodes.has(one.node) ? 'finished' : 'pruned'
    })),
    kept: goingOn.map(({ node, ids, cumulative }) => ({ node, ids, cumulative })),
    parents: goingOn.map(({ beam }) => beam),
    finished: hypotheses,
    done: goingOn.length === 0 || !canImprove(goingOn[0].cumulative, hypotheses, newTokens, options)
  };
}

/** Best first; of equal ones the earlier. Finished ones by score, others by log-probability. */
function best<T extends { readonly cumulative: number; readonly score?: number }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => (b.score ?? b.cumulative) - (a.score ?? a.cumulative));
}

/**
 * True if the best running beam may still end with a better score than the worst finished sequence. That score is
 * estimated at today's length, which for a positive length penalty is not a bound; 'never' takes the longest length.
 */
function canImprove(
  cumulative: number,
  finished: readonly Hypothesis[],
  newTokens: number,
  { num_beams, early_stopping, length_penalty, max_new_tokens }: BeamOptions
): boolean {
  if (finished.length < num_beams) return true;
  if (early_stopping === true) return false;
  const length = early_stopping === 'never' && length_penalty > 0 ? max_new_tokens : newTokens;
  return cumulative / length ** length_penalty > finished[finished.length - 1].score;
}
