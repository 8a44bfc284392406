/** GPT-2 with every intermediate: tensors in, tensors out. Needs @tensorflow/tfjs-core and one started backend. */
export {
  ACTIVATIONS,
  activationNames,
  everyActivation,
  exportName,
  type ActivationName
} from './activations.ts';
export { factsOf, headFacts, type HeadFacts, type HeadMaps } from './attention-maps.ts';
export { attention, causalMask, headResults, type AttentionActivations } from './attention.ts';
export { runBlock, type BlockActivations } from './block.ts';
export { bytesSource, type ByteSource } from './byte-source.ts';
export { readCheckpoint, streamCheckpoint, type RawWeights } from './checkpoint.ts';
export { CheckpointReader } from './checkpoint-reader.ts';
export { parseConfig, type Gpt2Config } from './config.ts';
export {
  DEFAULT_SETTINGS,
  generate,
  generateAll,
  generateBatch,
  padLeft,
  PROCESSOR_NAMES,
  processScores,
  runBatch,
  type BatchOptions,
  type BatchResult,
  type DecodingSettings,
  type LeftPadded,
  type ProcessedScores,
  type ProcessorName,
  type ProcessorStep
} from './decode/index.ts';
export type * from './decode/types.ts';
export * from './distribution.ts';
export { positionEmbedding, tokenEmbedding } from './embedding.ts';
export * from './errors.ts';
export { runTrace, type RunOptions } from './forward.ts';
export { geluTanh } from './gelu.ts';
export { geluTanhScalar } from './gelu-scalar.ts';
export { layerNorm, type LayerNormResult, type LayerNormWeights } from './layer-norm.ts';
export { registerPeek, type Peek } from './look-at.ts';
export { lensRow, type LensRow, type LensRowOptions } from './lens-row.ts';
export { linear, weightOf, type LinearWeights, type PanelWeights, type RowWeights } from './linear.ts';
export { loss, traceLoss, type LossOptions, type TextLoss } from './loss.ts';
export { logitLens, unembed } from './logit-lens.ts';
export {
  checkModel,
  MODEL_FILES,
  parseTokenizerFiles,
  readModelFolder,
  type ConfigFile,
  type ModelFiles,
  type ModelFolder,
  type TokenizerBytes
} from './model-files.ts';
export { printModel, type PrintModelOptions } from './model-summary.ts';
export { loadModel, loadWith, type Gpt2Model, type Gpt2Transformer } from './model.ts';
export { nextTask } from './next-task.ts';
export { rowNorms } from './norms.ts';
export { paddedLength } from './padding.ts';
export { listParameters, readParameter, type ParameterInfo } from './parameters.ts';
export { configFields, printConfig } from './print-config.ts';
export { checkIds } from './prompt-ids.ts';
export { pythonFloat } from './python-float.ts';
export { drawNumber, MAX_SEED, sampleIndex, seededRandom } from './random.ts';
export {
  HEADER_LENGTH_BYTES,
  parseSafetensors,
  parseSafetensorsHeader,
  safetensorsHeaderLength,
  toFloat32,
  type SafetensorEntry,
  type SafetensorView
} from './safetensors.ts';
export * from './sampling.ts';
export { logSoftmax, softmax } from './softmax.ts';
export { createTokenizer, type Gpt2Tokenizer } from './tokenizer.ts';
export type { Token } from './tokens.ts';
export type { Activation, AddedNorms } from './trace-parts.ts';
export { Trace } from './trace.ts';
export { blockBytes, traceBytes } from './trace-bytes.ts';
export { LENS_CHUNK, NOT_READ } from './lens-chunk.ts';
export { DEFAULT_BLOCK_BYTES } from './forward.ts';
export { createVocabulary, type Vocabulary } from './vocabulary.ts';
export type { WeightSink, WeightTarget } from './tensor-feed.ts';
export { elementCount, isMaskBuffer, parameterCount, weightSpec } from './weight-spec.ts';
export {
  disposeWeights,
  uploadWeights,
  WeightsBuilder,
  type BlockWeights,
  type Gpt2Weights
} from './weights.ts';
