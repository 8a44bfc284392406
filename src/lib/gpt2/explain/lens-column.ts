import { summariseLogits } from '../numbers/distribution.ts';
import type { Trace } from '../trace/trace.ts';

/** One position's logit lens at every depth: the best next token if the row ended there. */
export interface LensColumn {
  /** [n_layer + 1] */
  readonly ids: Int32Array;
  /** Of the whole vocabulary, [n_layer + 1]. */
  readonly probabilities: Float64Array;
}

/**
 * Reads the logit lens down one position.
 *
 * Shapes: as in `LensColumn`; depth 0 is resid_pre of block 0, depth d is resid_post of block d - 1.
 * Memory: [n_layer + 1, vocab_size] while it runs; the arrays are the caller's.
 * Throws: InputError if the position is out of range.
 */
export function lensColumn(trace: Trace, position: number): Promise<LensColumn> {
  const { n_layer, vocab_size } = trace.model.config;
  return trace.lookAtLensColumn(position, (logits) => {
    const { topIds, topProbabilities } = summariseLogits(logits, n_layer + 1, vocab_size, { top: 1 });
    return { ids: topIds, probabilities: topProbabilities };
  });
}
