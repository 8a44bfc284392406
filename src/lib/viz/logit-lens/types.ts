import type { DepthPlace } from '../common';

export type { LensRow } from '$lib/gpt2';

/** What the colour of a cell means. */
export type LensMeasure = 'probability' | 'rank' | 'entropy' | 'kl' | 'nextRank' | 'crossEntropy';

/** The row that is chosen: the output, what the selected block reads, or what is inside it after its attention. */
export type ChosenRow = 'output' | 'layer' | 'inside';

/** One line of a cell's top list. */
export interface LensCandidate {
  readonly id: number;
  readonly probability: number;
  /** Nats. */
  readonly logit: number;
}

/** One cell of the table. depth: 0 (embedding) .. n_layer (output), d + ½ inside block d. */
export type LensCell = DepthPlace;
