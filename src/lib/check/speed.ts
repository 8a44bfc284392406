import * as tf from '@tensorflow/tfjs-core';
import { generate, runTrace, type Gpt2Model } from '../gpt2/index.ts';
import type { CheckMemory, PassTime, Speed } from './types.ts';

const LENGTHS = [16, 128]; // tokens of the timed passes, where the model reads so many
const RUNS = 3; // the median of which counts
const LONG_MS = 2_000; // a pass above it is timed once, and no longer one is tried
const NEW_TOKENS = 8;

/** Any ids will do: a pass takes as long for one text as for another. */
const someIds = (T: number, vocab_size: number) =>
  Array.from({ length: T }, (_, i) => (i * 31 + 7) % vocab_size);

/**
 * Times forward passes with every activation, and a few greedy tokens.
 *
 * Units:  milliseconds, the median of three runs after one that is not counted; tokens a second.
 * Memory: leaves no tensor behind.
 */
export async function measureSpeed(model: Gpt2Model, signal?: AbortSignal): Promise<Speed> {
  const passes: PassTime[] = [];
  for (const T of LENGTHS) {
    if (T > model.config.n_ctx || (passes.at(-1)?.milliseconds ?? 0) > LONG_MS) break;
    passes.push({ T, milliseconds: await timePass(model, T, signal) });
  }
  const started = performance.now();
  let tokens = 0;
  const prompt = someIds(Math.min(LENGTHS[0], model.config.n_ctx - 1), model.config.vocab_size);
  for await (const step of generate(model, prompt, { max_new_tokens: NEW_TOKENS, signal })) {
    if (step.kind === 'token') tokens++;
  }
  const seconds = (performance.now() - started) / 1000;
  return { passes, tokensPerSecond: tokens / seconds };
}

async function timePass(model: Gpt2Model, T: number, signal?: AbortSignal): Promise<number> {
  const ids = someIds(T, model.config.vocab_size);
  const times: number[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const started = performance.now();
    const trace = await runTrace(model, ids, { signal });
    try {
      await trace.logits('last');
    } finally {
      trace.dispose();
    }
    times.push(performance.now() - started);
    if (times[0] > LONG_MS) return times[0];
  }
  const counted = times.slice(1).sort((a, b) => a - b);
  return counted[Math.floor(counted.length / 2)];
}

/** What the device holds now. @param before tensors before the checks began */
export function memoryNow(before: number): CheckMemory {
  const { numBytes, numTensors } = tf.memory();
  return { bytes: numBytes, tensors: numTensors, leaked: numTensors - before };
}
