import { lookAtEach, rowNorms, type Gpt2Config, type Trace } from '$lib/gpt2';
import type { StreamNorms } from './protocol';

/**
 * Norms of everything along the residual stream, a block at a time.
 *
 * Shapes: as in `StreamNorms`.
 * Throws: the signal's reason once it is aborted.
 */
export async function streamNorms(
  trace: Pick<Trace, 'ids' | 'read' | 'addedNorms'>,
  config: Gpt2Config,
  signal: AbortSignal
): Promise<StreamNorms> {
  const { n_layer, n_embd } = config;
  const T = trace.ids.length;
  const norms = {
    resid: new Float32Array((n_layer + 1) * T),
    attn_out: new Float32Array(n_layer * T),
    mlp_out: new Float32Array(n_layer * T)
  };
  const normsOf = async (name: 'resid_pre' | 'resid_post' | 'embed' | 'pos_embed', layer?: number) =>
    rowNorms((await trace.read(name, layer)).data, n_embd);
  const embeddings = { embed: new Float32Array(T), pos_embed: new Float32Array(T) };
  const reads = [
    async () => norms.resid.set(await normsOf('resid_pre', 0)),
    ...Array.from({ length: n_layer }, (_, layer) => async () => {
      norms.resid.set(await normsOf('resid_post', layer), (layer + 1) * T);
    }),
    ...Array.from({ length: n_layer }, (_, layer) => async () => {
      const added = await trace.addedNorms(layer);
      norms.attn_out.set(added.attn_out, layer * T);
      norms.mlp_out.set(added.mlp_out, layer * T);
    }),
    async () => embeddings.embed.set(await normsOf('embed')),
    async () => embeddings.pos_embed.set(await normsOf('pos_embed'))
  ];
  await lookAtEach(reads, async (read) => {
    signal.throwIfAborted();
    await read();
  });
  return { ...norms, ...embeddings };
}
