import * as tf from '@tensorflow/tfjs-core';
import { causalMask, runBlock, toPanels, type BlockWeights, type LinearWeights } from '$lib/gpt2';
import { TIMED_TOKENS, type BlockTimes } from './faster-backend';

/** Sizes of the block that is timed: half of GPT-2 small's width, so that both lengths take a few milliseconds. */
const N_EMBD = 384;
const N_HEAD = 6;
const N_INNER = 4 * N_EMBD;

/** Some numbers of the size that weights have. */
const numbers = (shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => ((i * 31) % 17) / 170 - 0.05),
    shape
  );

function linear(inputs: number, outputs: number): LinearWeights {
  const weight = numbers([inputs, outputs]) as tf.Tensor2D;
  const bias = numbers([outputs]) as tf.Tensor1D;
  const panels = toPanels(weight, [inputs, outputs]);
  return panels ? { panels, bias } : { weight, bias };
}

function someBlock(): BlockWeights {
  const norm = () => ({
    weight: tf.ones([N_EMBD]) as tf.Tensor1D,
    bias: tf.zeros([N_EMBD]) as tf.Tensor1D,
    epsilon: 1e-5
  });
  const square = () => linear(N_EMBD, N_EMBD);
  return {
    ln_1: norm(),
    c_attn: { q: square(), k: square(), v: square() },
    attn: { c_proj: square(), score_factor: 1 },
    ln_2: norm(),
    mlp: {
      c_fc: linear(N_EMBD, N_INNER),
      act: { name: 'gelu_new', parameters: {} },
      c_proj: linear(N_INNER, N_EMBD)
    }
  };
}

/**
 * Times one block on the current backend at both lengths, each after a pass that is not counted: what a backend compiles
 * at first it compiles once.
 *
 * Units:  milliseconds until the stream after the block can be read.
 * Memory: leaves no tensor behind.
 */
export async function timeBlocks(): Promise<BlockTimes> {
  const engine = tf.engine();
  engine.startScope();
  try {
    const model = { config: { n_head: N_HEAD }, weights: { h: [someBlock()] } };
    const pass = async (T: number): Promise<number> => {
      const x = numbers([T, N_EMBD]) as tf.Tensor2D;
      const mask = causalMask(T);
      const started = performance.now();
      const { resid_post } = runBlock({ model, mask }, 0, x);
      await resid_post.data();
      return performance.now() - started;
    };
    const timed = async (T: number): Promise<number> => {
      await pass(T);
      return pass(T);
    };
    return { short: await timed(TIMED_TOKENS.short), long: await timed(TIMED_TOKENS.long) };
  } finally {
    engine.endScope();
  }
}
