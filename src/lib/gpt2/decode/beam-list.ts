import { topTokens } from '../numbers/ranks.ts';
import type { ScoredBeam } from './beam-candidates.ts';
import type { BeamAdvance, JudgedContinuation } from './beam-search.ts';
import type { BeamTree } from './beam-tree.ts';
import type { Beam, BeamCandidate, StopReason } from './types.ts';

export interface ListOptions {
  /** Best tokens to list of each beam, looked at or not. */
  readonly perBeam: number;
  readonly stop: (ids: readonly number[]) => StopReason | null;
  /** Gets a node for each token that was not looked at. */
  readonly tree: BeamTree;
}

/** Everything a picture of one step needs: what was looked at, and the best of each beam beside it. */
export function listCandidates(
  beams: readonly Beam[],
  scored: readonly ScoredBeam[],
  { judged, kept }: BeamAdvance,
  options: ListOptions
): BeamCandidate[] {
  const placeOf = new Map(kept.map(({ node }, place) => [node, place]));
  return beams.flatMap((beam, parentBeam) => {
    const lookedAt = judged.filter((one) => one.beam === parentBeam);
    const others = notLookedAt(beam, parentBeam, scored[parentBeam], lookedAt, options);
    return [...lookedAt, ...others]
      .sort((a, b) => b.cumulative - a.cumulative)
      .map(({ node, id, cumulative, place, state, stopped }) => ({
        node,
        parent: beam.node,
        parentBeam,
        id,
        probability: Math.exp(scored[parentBeam].logProbabilities[id]),
        logProbability: scored[parentBeam].scores[id],
        cumulative,
        place,
        state,
        beam: placeOf.get(node) ?? null,
        stopped
      }));
  });
}

type Listed = Omit<JudgedContinuation, 'place'> & { readonly place: number | null };

function notLookedAt(
  { node, ids, cumulative }: Beam,
  beam: number,
  { scores }: ScoredBeam,
  lookedAt: readonly JudgedContinuation[],
  { perBeam, stop, tree }: ListOptions
): Listed[] {
  const known = new Set(lookedAt.map(({ id }) => id));
  return topTokens(scores, Math.min(perBeam, scores.length))
    .filter((id) => !known.has(id) && scores[id] > -Infinity)
    .map((id) => {
      const whole = [...ids, id];
      return {
        beam,
        id,
        cumulative: cumulative + scores[id],
        place: null,
        node: tree.add(node),
        ids: whole,
        stopped: stop(whole),
        state: 'pruned'
      };
    });
}
