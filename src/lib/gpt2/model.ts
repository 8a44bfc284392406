import type { Gpt2Config } from './config.ts';
import { readModelHead, streamWeights, type ConfigFile, type ModelFiles } from './model-files.ts';
import { createTokenizer, type Gpt2Tokenizer } from './tokenizer.ts';
import { disposeWeights, WeightsBuilder, type Gpt2Weights, type WeightLayout } from './weights.ts';

/** A GPT-2 ready to run: its sizes, its tokenizer, and its weights on the current TensorFlow.js backend. */
export interface Gpt2Model {
  readonly config: Gpt2Config;
  /** config.json as it is, to be printed. */
  readonly configFile: ConfigFile;
  readonly tokenizer: Gpt2Tokenizer;
  readonly weights: Gpt2Weights;
  /** Frees the weights; traces of this model must not be read afterwards. */
  dispose(): void;
}

export interface LoadOptions {
  readonly signal?: AbortSignal;
  /** Settles when there is a backend for the weights; what comes before them is read meanwhile. */
  readonly ready?: Promise<unknown>;
  /** 'rows' for who reads `weight` of a linear layer as it is; left out: panels. */
  readonly layout?: WeightLayout;
}

/**
 * Reads, checks and uploads a model folder in Hugging Face's layout, the weights as they arrive.
 *
 * Memory: one copy of the weights and a chunk of the file; the caller calls `dispose` on the result; a backend must be
 *         ready before, or when `ready` is. Nothing is left behind where it throws.
 * Throws: ModelFileError, ConfigError, WeightsError or TokenizerError, naming the file, field or tensor;
 *         DeviceMemoryError; the signal's reason once it is aborted; what `ready` rejects with.
 */
export async function loadModel(
  files: ModelFiles,
  { signal, ready, layout }: LoadOptions = {}
): Promise<Gpt2Model> {
  const { config, configFile, tokenizerFiles } = await readModelHead(files);
  const tokenizer = createTokenizer(tokenizerFiles);
  await ready;
  const builder = new WeightsBuilder(config, layout);
  try {
    await streamWeights(files, config, builder.sink, signal);
    const weights = builder.finish();
    return { config, configFile, tokenizer, weights, dispose: () => disposeWeights(weights) };
  } catch (error) {
    builder.dispose();
    throw error;
  }
}
