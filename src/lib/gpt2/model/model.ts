import type { Gpt2Config } from './config.ts';
import {
  parseTokenizerFiles,
  readModelHead,
  streamWeights,
  type ConfigFile,
  type ModelFiles,
  type TokenizerBytes
} from '../checkpoint/model-files.ts';
import type { GenerationConfig } from './generation-config.ts';
import { createTokenizer, type Gpt2Tokenizer } from '../tokenizer/tokenizer.ts';
import type { Vocabulary } from '../tokenizer/vocabulary.ts';
import { disposeWeights, WeightsBuilder, type Gpt2Weights, type WeightLayout } from './weights.ts';

/** What a forward pass needs of a model: its sizes, and its weights on the current TensorFlow.js backend. */
export interface Gpt2Transformer {
  readonly config: Gpt2Config;
  /** config.json as it is, to be printed. */
  readonly configFile: ConfigFile;
  /** The settings that its authors propose for generating; null where they propose none. */
  readonly generationConfig: GenerationConfig | null;
  readonly weights: Gpt2Weights;
  /** Tensors of the file that the model has no use for; Hugging Face leaves them out, too. */
  readonly leftOut: readonly string[];
  /** Frees the weights; traces of this model must not be read afterwards. */
  dispose(): void;
}

/** What generating needs besides: what each id stands for, since a stop string may end inside a token. */
export interface Gpt2Generator extends Gpt2Transformer {
  readonly tokenizer: Vocabulary;
}

/** A GPT-2 ready to run, from text on. */
export interface Gpt2Model extends Gpt2Transformer {
  readonly tokenizer: Gpt2Tokenizer;
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
export function loadModel(files: ModelFiles, options: LoadOptions = {}): Promise<Gpt2Model> {
  return loadWith(files, (bytes) => createTokenizer(parseTokenizerFiles(bytes)), options);
}

/**
 * As `loadModel`, with a tokenizer of the caller's own making; one that is a promise is made while the weights arrive,
 * and stops them where it rejects.
 *
 * Memory, throws: as `loadModel`; what `makeTokenizer` throws. The caller frees its tokenizer, also where this throws.
 */
export async function loadWith<Tokenizer>(
  files: ModelFiles,
  makeTokenizer: (bytes: TokenizerBytes) => Tokenizer | Promise<Tokenizer>,
  { signal, ready, layout }: LoadOptions = {}
): Promise<Gpt2Transformer & { readonly tokenizer: Tokenizer }> {
  const { config, tokenizerBytes, ...head } = await readModelHead(files);
  signal?.throwIfAborted();
  const made = makeTokenizer(tokenizerBytes);
  const stopped = new AbortController();
  const stop = (reason: unknown) => stopped.abort(reason);
  Promise.resolve(made).catch(stop);
  signal?.addEventListener('abort', () => stop(signal.reason));
  await ready;
  stopped.signal.throwIfAborted();
  const builder = new WeightsBuilder(config, layout);
  try {
    const leftOut = await streamWeights(files, config, builder.sink, stopped.signal);
    const tokenizer = await made;
    const weights = builder.finish();
    const tie_word_embeddings = weights.lm_head === weights.wte; // what the file holds, whatever config.json says
    return {
      ...head,
      config: { ...config, tie_word_embeddings },
      leftOut,
      tokenizer,
      weights,
      dispose: () => disposeWeights(weights)
    };
  } catch (error) {
    builder.dispose();
    throw error;
  }
}
