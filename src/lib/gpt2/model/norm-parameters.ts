/** Weight and bias of a model's LayerNorms. */
import type { Gpt2Weights } from './weights.ts';

export type LayerNormName = 'ln_1' | 'ln_2' | 'ln_f';

export interface LayerNormParameters {
  /** [n_embd] */
  readonly weight: Float32Array;
  /** [n_embd] */
  readonly bias: Float32Array;
}

/**
 * Reads weight and bias of a LayerNorm from the device.
 *
 * @param layer says nothing of ln_f, which is after the last block
 * Memory: the arrays are the caller's.
 */
export async function readLayerNorm(
  { h, ln_f }: Gpt2Weights,
  name: LayerNormName,
  layer: number
): Promise<LayerNormParameters> {
  const { weight, bias } = name === 'ln_f' ? ln_f : h[layer][name];
  return { weight: Float32Array.from(await weight.data()), bias: Float32Array.from(await bias.data()) };
}
