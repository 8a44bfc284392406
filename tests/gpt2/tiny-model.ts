/** A GPT-2 small enough to run hundreds of times: seeded weights, no tokenizer. */
import type { RawWeights } from '../../src/lib/gpt2/checkpoint/checkpoint.ts';
import { GPT2_COMPUTATION, type Gpt2Config } from '../../src/lib/gpt2/model/config.ts';
import type { Gpt2Model } from '../../src/lib/gpt2/model/model.ts';
import { seededRandom } from '../../src/lib/gpt2/numbers/random.ts';
import { elementCount, weightSpec } from '../../src/lib/gpt2/checkpoint/weight-spec.ts';
import { disposeWeights, uploadWeights } from '../../src/lib/gpt2/model/weights.ts';

export const TINY_CONFIG: Gpt2Config = {
  n_layer: 2,
  n_head: 2,
  n_embd: 8,
  n_ctx: 32,
  n_inner: 32,
  vocab_size: 30,
  layer_norm_epsilon: 1e-5,
  bos_token_id: 29,
  eos_token_id: [29],
  ...GPT2_COMPUTATION
};

/**
 * Uniform values in [-1, 1), and in [0, 2) for the weights of LayerNorms. Each tensor has a seed of its own, so a
 * model with a smaller n_ctx has the same first rows of wpe and the same of everything else.
 */
export function tinyWeights(config: Gpt2Config = TINY_CONFIG): RawWeights {
  const entries = [...weightSpec(config)].map(([name, shape], seed) => {
    const next = seededRandom(seed);
    const lowest = /ln_\w\.weight$/.test(name) ? 0 : -1;
    const values = Float32Array.from({ length: elementCount(shape) }, () => lowest + 2 * next());
    return [name, { shape, values }] as const;
  });
  return new Map(entries);
}

/** The model on the current backend; the caller disposes it. Its tokenizer must not be used. */
export function tinyModel(changes: Partial<Gpt2Config> = {}): Gpt2Model {
  const config = { ...TINY_CONFIG, ...changes };
  const weights = uploadWeights(config, tinyWeights(config));
  return {
    config,
    configFile: { ...config },
    generationConfig: null,
    leftOut: [],
    weights,
    tokenizer: null as never,
    dispose: () => disposeWeights(weights)
  };
}

/** T ids, all different for T up to the vocabulary's size of 30. */
export function tinyIds(T: number): number[] {
  return Array.from({ length: T }, (_, position) => (position * 7 + 3) % TINY_CONFIG.vocab_size);
}
