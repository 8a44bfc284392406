import type { Trace } from '$lib/gpt2';
import type { StreamVectors } from './survey-types';

/** A run whose rows can be read: a trace or a recorded one. */
type RowsOfRun = Pick<Trace, 'row'> & { readonly model: Pick<Trace['model'], 'config'> };

/**
 * One position's residual stream at every depth, a block at a time.
 *
 * @param resultNorms of what each head of a block adds at the position, [n_head]
 * Shapes: as in `StreamVectors`.
 * Throws: the signal's reason once it is aborted.
 */
export async function streamVectors(
  trace: RowsOfRun,
  position: number,
  resultNorms: (layer: number) => Float32Array | Promise<Float32Array>,
  signal?: AbortSignal
): Promise<StreamVectors> {
  const { n_layer, n_head, n_embd } = trace.model.config;
  const vectors = new Float32Array((n_layer + 1) * n_embd);
  const results = new Float32Array(n_layer * n_head);
  vectors.set(await trace.row('resid_pre', 0, position));
  for (let layer = 0; layer < n_layer; layer++) {
    signal?.throwIfAborted();
    vectors.set(await trace.row('resid_post', layer, position), (layer + 1) * n_embd);
    results.set(await resultNorms(layer), layer * n_head);
  }
  return { vectors, results };
}
