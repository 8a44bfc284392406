import type { ShownBeamStep, ShownSequence } from './types';

/** One line of the table: a beam that continues, a finished sequence, or one that is returned. */
export interface BeamLine {
  readonly node: number;
  /** Tokens after the prompt. */
  readonly ids: readonly number[];
  /** nats */
  readonly cumulative: number;
  /** cumulative / length ^ length_penalty; nats. */
  readonly score: number;
  readonly state: 'going' | 'finished' | 'winner' | 'returned';
}

/** The best sequence at the step looked at: of the finished search the winner, before that the first in its lists. */
export function bestNode(
  steps: readonly ShownBeamStep[],
  last: number,
  sequences: readonly ShownSequence[] | null
): number | null {
  if (sequences && last === steps.length - 1) return sequences[0]?.nodes?.at(-1) ?? null;
  const step = steps[last];
  if (!step) return null;
  return (step.kept[0] ?? step.finished[0])?.node ?? null;
}

/** The beams after a step, best first; after the last one, the sequences that the search returns. */
export function beamLines(
  steps: readonly ShownBeamStep[],
  last: number,
  sequences: readonly ShownSequence[] | null,
  promptLength: number,
  length_penalty: number
): BeamLine[] {
  const step = steps[last];
  if (!step) return [];
  if (sequences && last === steps.length - 1) {
    return sequences.map(({ nodes, newIds, logProbability, score }, place) => ({
      node: nodes?.at(-1) ?? 0,
      ids: newIds,
      cumulative: logProbability,
      score: score ?? logProbability,
      state: place === 0 ? 'winner' : 'returned'
    }));
  }
  const finished = step.finished.map((one) => ({
    node: one.node,
    ids: one.ids.slice(promptLength),
    cumulative: one.cumulative,
    score: one.score,
    state: 'finished' as const
  }));
  const going = step.kept.map(({ node, ids, cumulative }) => ({
    node,
    ids: ids.slice(promptLength),
    cumulative,
    score: cumulative / (ids.length - promptLength) ** length_penalty,
    state: 'going' as const
  }));
  return [...going, ...finished];
}
