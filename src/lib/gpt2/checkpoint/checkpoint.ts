/**
 * Reads a GPT-2 checkpoint: the parameters config.json promises, all of them, in float32, and nothing else.
 * Names may carry Hugging Face's `transformer.` prefix; causal masks and a tied lm_head.weight are left out.
 */
import type { ByteSource } from './byte-source.ts';
import { CheckpointReader } from './reader.ts';
import type { Gpt2Config } from '../model/config.ts';
import { nextTask } from '../next-task.ts';
import type { WeightSink } from './tensor-feed.ts';
import { elementCount, weightSpec } from './weight-spec.ts';

export { matchTensors } from './match.ts';

/** All parameters by their name in the checkpoint, without prefix; values flat and row-major. */
export type RawWeights = Map<string, { shape: number[]; values: Float32Array }>;

/** Bytes after which a stream from a disk or from memory lets other tasks run: a few milliseconds of widening. */
const BYTES_BETWEEN_TASKS = 2 ** 22;

/** A sink that keeps every tensor as an array. */
export function collectingSink(weights: RawWeights): WeightSink {
  return (name, shape) => {
    const values = new Float32Array(elementCount(shape));
    weights.set(name, { shape, values });
    return { values: () => values, done: () => {} };
  };
}

/**
 * Reads and checks a whole model.safetensors.
 *
 * Memory: new float32 arrays (4 bytes a parameter); `bytes` is not kept.
 * Throws: WeightsError that names the tensor: a broken file, a missing, unexpected or doubled tensor, a wrong shape
 *         or dtype, a NaN or infinite value, or an lm_head.weight that is not wte.weight.
 */
export function readCheckpoint(config: Gpt2Config, bytes: Uint8Array): RawWeights {
  const collected: RawWeights = new Map();
  const reader = new CheckpointReader(config, bytes.length, collectingSink(collected));
  reader.push(bytes);
  reader.end();
  return inSpecOrder(config, collected);
}

/**
 * Reads and checks a model.safetensors as it arrives, each tensor straight into the room that `sink` makes for it.
 *
 * Memory: nothing beyond what `sink` makes and one chunk of the source.
 * Throws: WeightsError as readCheckpoint, or one that names the tensor in which the file was cut off; whatever the
 *         source throws; the signal's reason once it is aborted.
 */
export async function streamCheckpoint(
  config: Gpt2Config,
  source: ByteSource,
  sink: WeightSink,
  signal?: AbortSignal
): Promise<void> {
  const reader = new CheckpointReader(config, source.length, sink);
  let sinceTask = 0;
  for await (const chunk of source.stream()) {
    signal?.throwIfAborted();
    reader.push(chunk);
    sinceTask += chunk.length;
    if (sinceTask < BYTES_BETWEEN_TASKS) continue;
    sinceTask = 0;
    await nextTask();
  }
  signal?.throwIfAborted();
  reader.end();
}

function inSpecOrder(config: Gpt2Config, weights: RawWeights): RawWeights {
  return new Map([...weightSpec(config).keys()].map((name) => [name, weights.get(name)!]));
}
