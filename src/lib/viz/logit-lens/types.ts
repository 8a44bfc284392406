import type { DepthPlace } from '../common';

export type { LensRow } from '$lib/gpt2';

/** What the colour of a cell means. */
export type LensMeasure = 'probability' | 'rank' | 'entropy' | 'kl';

/** One line of a cell's top list. */
export interface LensCandidate {
  readonly id: number;
  readonly probability: number;
  /** Nats. */
  readonly logit: number;
}

/** One cell of the table. depth: 0 (embedding) .. n_layer (output). */
export type LensCell = DepthPlace;
