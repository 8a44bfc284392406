/**
 * Reads a GPT-2 checkpoint: the parameters config.json promises, all of them, in float32, and nothing else.
 * Names may carry Hugging Face's `transformer.` prefix. lm_head.weight is read where it is not the same as wte.weight;
 * causal masks and what the model has no use for are left out.
 */
import type { ByteSource } from './byte-source.ts';
import { CheckpointReader } from './reader.ts';
import { ParameterFeeds } from './parameter-feeds.ts';
import type { Gpt2Config } from '../model/config.ts';
import { nextTask } from '../next-task.ts';
import type { WeightSink } from './tensor-feed.ts';
import { elementCount, LM_HEAD, weightSpec } from './weight-spec.ts';

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
 * Throws: WeightsError that names the tensor: a broken file, a missing or doubled tensor, a wrong shape or dtype, a NaN
 *         or infinite value.
 */
export function readCheckpoint(config: Gpt2Config, bytes: Uint8Array): RawWeights {
  const collected: RawWeights = new Map();
  const feeds = new ParameterFeeds(config, collectingSink(collected));
  const reader = new CheckpointReader(feeds, bytes.length);
  reader.push(bytes);
  reader.end();
  feeds.finish();
  return inSpecOrder(config, collected);
}

/** The files that hold the weights, each opened when the one before has been read. */
export type WeightFiles = readonly { readonly name: string; open(): Promise<ByteSource> }[];

/**
 * Reads and checks a checkpoint as it arrives, each tensor straight into the room that `sink` makes for it. Returns the
 * names of the tensors that were left out.
 *
 * Memory: nothing beyond what `sink` makes and one chunk of the source.
 * Throws: WeightsError as readCheckpoint, or one that names the tensor in which a file was cut off; whatever a source
 *         throws; the signal's reason once it is aborted.
 */
export async function streamCheckpoint(
  config: Gpt2Config,
  files: WeightFiles,
  sink: WeightSink,
  signal?: AbortSignal
): Promise<readonly string[]> {
  const feeds = new ParameterFeeds(config, sink);
  for (const { name, open } of files) {
    const source = await open();
    const reader = new CheckpointReader(feeds, source.length, files.length > 1 ? name : null);
    await readFile(reader, source, signal);
  }
  feeds.finish();
  return feeds.leftOut;
}

async function readFile(reader: CheckpointReader, source: ByteSource, signal?: AbortSignal): Promise<void> {
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

/** In the checkpoint's order, a matrix of logits' own last. */
function inSpecOrder(config: Gpt2Config, weights: RawWeights): RawWeights {
  const names = [...weightSpec(config).keys(), LM_HEAD].filter((name) => weights.has(name));
  return new Map(names.map((name) => [name, weights.get(name)!]));
}
