import type { Gpt2Config } from './config.ts';
import { readModelFolder, type ModelFiles } from './model-files.ts';
import { createTokenizer, type Gpt2Tokenizer } from './tokenizer.ts';
import { disposeWeights, uploadWeights, type Gpt2Weights } from './weights.ts';

/** A GPT-2 ready to run: its sizes, its tokenizer, and its weights on the current TensorFlow.js backend. */
export interface Gpt2Model {
  readonly config: Gpt2Config;
  readonly tokenizer: Gpt2Tokenizer;
  readonly weights: Gpt2Weights;
  /** Frees the weights; traces of this model must not be read afterwards. */
  dispose(): void;
}

/**
 * Reads, checks and uploads a model folder in Hugging Face's layout.
 *
 * Memory: the caller calls `dispose` on the result; a backend must be ready before.
 * Throws: ModelFileError, ConfigError, WeightsError or TokenizerError, naming the file, field or tensor.
 */
export async function loadModel(files: ModelFiles): Promise<Gpt2Model> {
  const { config, weights: raw, tokenizerFiles } = await readModelFolder(files);
  const tokenizer = createTokenizer(tokenizerFiles);
  const weights = uploadWeights(config, raw);
  return { config, tokenizer, weights, dispose: () => disposeWeights(weights) };
}
