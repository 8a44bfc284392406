import type { BeamCandidate } from '../../../src/lib/gpt2';
import type { ShownBeamStep } from '../../../src/lib/viz/decode/beams/types';

/** Token 9 is the prompt. Step 0 keeps nodes 1 and 2; step 1 continues both and keeps two children of 2. */
export const PROMPT = [9];

function candidate(
  node: number,
  parent: number,
  id: number,
  [place, cumulative]: [number | null, number],
  state: BeamCandidate['state']
): BeamCandidate {
  const probability = 0.5;
  return {
    node,
    parent,
    parentBeam: 0,
    id,
    probability,
    logProbability: Math.log(probability),
    cumulative,
    place,
    state,
    beam: state === 'kept' ? 0 : null,
    stopped: null
  };
}

export const steps: readonly ShownBeamStep[] = [
  {
    step: 0,
    beams: [{ node: 0, ids: PROMPT, cumulative: 0 }],
    candidates: [
      candidate(1, 0, 0, [0, -1], 'kept'),
      candidate(2, 0, 1, [1, -1.5], 'kept'),
      candidate(3, 0, 2, [2, -3], 'pruned'),
      candidate(4, 0, 3, [null, -4], 'pruned')
    ],
    kept: [
      { node: 1, ids: [9, 0], cumulative: -1 },
      { node: 2, ids: [9, 1], cumulative: -1.5 }
    ],
    finished: [],
    done: false
  },
  {
    step: 1,
    beams: [
      { node: 1, ids: [9, 0], cumulative: -1 },
      { node: 2, ids: [9, 1], cumulative: -1.5 }
    ],
    candidates: [
      candidate(5, 1, 2, [2, -4], 'pruned'),
      candidate(6, 2, 0, [0, -2], 'kept'),
      candidate(7, 2, 3, [1, -2.5], 'kept')
    ],
    kept: [
      { node: 6, ids: [9, 1, 0], cumulative: -2 },
      { node: 7, ids: [9, 1, 3], cumulative: -2.5 }
    ],
    finished: [],
    done: true
  }
];

export const sequences = [
  {
    ids: [9, 1, 0],
    newIds: [1, 0],
    logProbability: -2,
    score: -1,
    nodes: [2, 6],
    stopped: 'length' as const
  },
  {
    ids: [9, 1, 3],
    newIds: [1, 3],
    logProbability: -2.5,
    score: -1.25,
    nodes: [2, 7],
    stopped: 'length' as const
  }
];
