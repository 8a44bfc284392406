/** GPT-2 with every intermediate: tensors in, tensors out. Needs @tensorflow/tfjs-core and one started backend. */
export {
  ACTIVATIONS,
  activationNames,
  everyActivation,
  exportName,
  type ActivationName
} from './activations.ts';
export { attention, causalMask, headResults, type AttentionActivations } from './attention.ts';
export { runBlock, type BlockActivations } from './block.ts';
export { readCheckpoint, type RawWeights } from './checkpoint.ts';
export { parseConfig, type Gpt2Config } from './config.ts';
export * from './distribution.ts';
export { positionEmbedding, tokenEmbedding } from './embedding.ts';
export * from './errors.ts';
export { runTrace, type RunOptions } from './forward.ts';
export { geluTanh } from './gelu.ts';
export { geluTanhScalar } from './gelu-scalar.ts';
export { layerNorm, type LayerNormResult, type LayerNormWeights } from './layer-norm.ts';
export { lensRow, type LensRow, type LensRowOptions } from './lens-row.ts';
export { linear } from './linear.ts';
export { logitLens, unembed } from './logit-lens.ts';
export { readModelFolder, type ModelFiles, type ModelFolder } from './model-files.ts';
export { loadModel, type Gpt2Model } from './model.ts';
export { rowNorms } from './norms.ts';
export { paddedLength } from './padding.ts';
export { checkIds } from './prompt-ids.ts';
export { sampleIndex, seededRandom } from './random.ts';
export { parseSafetensors, toFloat32, type SafetensorView } from './safetensors.ts';
export * from './sampling.ts';
export { logSoftmax, softmax } from './softmax.ts';
export { createTokenizer, type Gpt2Tokenizer } from './tokenizer.ts';
export type { Token } from './tokens.ts';
export { Trace, type Activation } from './trace.ts';
export { createVocabulary, type Vocabulary } from './vocabulary.ts';
export { weightSpec } from './weight-spec.ts';
export {
  disposeWeights,
  uploadWeights,
  type BlockWeights,
  type Gpt2Weights,
  type LinearWeights
} from './weights.ts';
