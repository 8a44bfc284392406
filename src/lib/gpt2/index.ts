/** GPT-2 with every intermediate: tensors in, tensors out. Needs @tensorflow/tfjs-core and one started backend. */
export {
  ACTIVATIONS,
  activationNames,
  everyActivation,
  exportName,
  headAxis,
  type ActivationName
} from './trace/activations.ts';
export { factsOf, headFacts, type HeadFacts, type HeadMaps } from './numbers/attention-maps.ts';
export { attention, causalMask, headResults, MASKED, type AttentionActivations } from './ops/attention.ts';
export { runBlock, type BlockActivations } from './model/block.ts';
export { passKey, type BlockPass, type Pass, type PlannedEdits } from './model/pass.ts';
export { checkEdit } from './edit/check.ts';
export { formatEdit, formatEdits, parseEdit, parseEdits } from './edit/format.ts';
export { editableKind, editNames, type EditName } from './edit/places.ts';
export { plainChangeNames, type PlainChangeName } from './edit/plain-changes.ts';
export { plannedKey } from './edit/plan-key.ts';
export type { Change, Direction, Edit, EditPlace, EditSources } from './edit/types.ts';
export { bytesSource, type ByteSource } from './checkpoint/byte-source.ts';
export { readCheckpoint, streamCheckpoint, type RawWeights } from './checkpoint/checkpoint.ts';
export { CheckpointReader } from './checkpoint/reader.ts';
export { parseConfig, type Gpt2Config } from './model/config.ts';
export type { GenerationConfig } from './model/generation-config.ts';
export { ParameterFeeds } from './checkpoint/parameter-feeds.ts';
export {
  DEFAULT_SETTINGS,
  generate,
  generateAll,
  generateBatch,
  padLeft,
  byProcessor,
  pickSettings,
  PROCESSOR_NAMES,
  PROCESSORS,
  processScores,
  SAMPLING_NAMES,
  runBatch,
  type BatchOptions,
  type BatchResult,
  type DecodingSettings,
  type LeftPadded,
  type ProcessedScores,
  type ProcessorName,
  type ProcessorStep,
  type SamplingSettings
} from './decode/index.ts';
export type * from './decode/types.ts';
export type { BestTokens } from './numbers/best-tokens.ts';
export * from './numbers/distribution.ts';
export { positionEmbedding, tokenEmbedding } from './ops/embedding.ts';
export * from './errors.ts';
export {
  contributions,
  contributionsOf,
  type ContributionOptions,
  type Contributions
} from './explain/contributions.ts';
export { lensColumn, type LensColumn } from './explain/lens-column.ts';
export { logitDirection, projectOn } from './explain/logit-direction.ts';
export { valueNorms, type ValueNorms } from './explain/value-norms.ts';
export { sourceParts, type SourceParts } from './explain/source-parts.ts';
export { runTrace, type RunOptions } from './trace/forward.ts';
export { geluTanh } from './ops/gelu.ts';
export { geluTanhScalar } from './ops/gelu-scalar.ts';
export { activate, type MlpActivation } from './ops/activation.ts';
export {
  activationKind,
  activationScalar,
  type ActivationFunction,
  type ActivationKind
} from './ops/activation-scalar.ts';
export { layerNorm, type LayerNormResult, type LayerNormWeights } from './ops/layer-norm.ts';
export { lookAtEach, registerPeek, type Peek } from './ops/look-at.ts';
export { lensRow, type LensRow, type LensRowOptions } from './trace/lens-row.ts';
export { toPanels } from './ops/panels.ts';
export { tableRows, wholeTable, type HalfTable, type Table } from './ops/table.ts';
export {
  linear,
  linearSizes,
  weightOf,
  type LinearWeights,
  type PanelWeights,
  type RowWeights
} from './ops/linear.ts';
export { loss, traceLoss, type LossOptions, type TextLoss } from './trace/loss.ts';
export { logitLens, unembed } from './ops/logit-lens.ts';
export {
  checkModel,
  filesToRead,
  MODEL_FILES,
  parseTokenizerFiles,
  READABLE_FILES,
  readModelFolder,
  type ConfigFile,
  type ModelFiles,
  type ModelFolder,
  type TokenizerBytes
} from './checkpoint/model-files.ts';
export { printModel, type PrintModelOptions } from './print/model-summary.ts';
export { loadModel, loadWith, type Gpt2Model, type Gpt2Transformer } from './model/model.ts';
export { nextTask } from './next-task.ts';
export { rowNorms } from './numbers/norms.ts';
export { paddedLength } from './trace/padding.ts';
export { listParameters, parameterTensor, readParameter, type ParameterInfo } from './model/parameters.ts';
export { readLayerNorm, type LayerNormName, type LayerNormParameters } from './model/norm-parameters.ts';
export { configFields, printConfig } from './print/config.ts';
export { checkIds } from './model/prompt-ids.ts';
export {
  PYTHON_LIBRARIES,
  pythonCode,
  type ArrayPlace,
  type PythonLibrary,
  type PythonPlace,
  type PythonRun
} from './print/python-code.ts';
export { editsPlaces } from './print/python-edit-places.ts';
export type { PatchGridPlace } from './print/python-edits.ts';
export { pythonFloat } from './print/python-float.ts';
export { drawNumber, sampleIndex, seededRandom } from './numbers/random.ts';
export { MAX_SEED } from './numbers/seed.ts';
export {
  HEADER_LENGTH_BYTES,
  parseSafetensors,
  parseSafetensorsHeader,
  safetensorsHeaderLength,
  toFloat32,
  type SafetensorEntry,
  type SafetensorView
} from './checkpoint/safetensors.ts';
export { endingMatches, tokenCounts } from './explain/training-text.ts';
export { entropy, klDivergence } from './numbers/entropy.ts';
export { insertBest, rankOf, topTokens } from './numbers/ranks.ts';
export { logSoftmax, softmax } from './numbers/softmax.ts';
export { beginning, beginningId } from './tokenizer/beginning.ts';
export { createTokenizer, type Gpt2Tokenizer } from './tokenizer/tokenizer.ts';
export type { Frame } from './tokenizer/template.ts';
export type { Token } from './tokenizer/tokens.ts';
export type { Activation, AddedNorms } from './trace/parts.ts';
export { Trace } from './trace/trace.ts';
export { blockBytes, traceBytes } from './trace/bytes.ts';
export { LENS_CHUNK, NOT_READ } from './trace/lens-chunk.ts';
export { DEFAULT_BLOCK_BYTES } from './trace/forward.ts';
export { createVocabulary, type Pieces, type Vocabulary } from './tokenizer/vocabulary.ts';
export type { WeightSink, WeightTarget } from './checkpoint/tensor-feed.ts';
export { elementCount, isMaskBuffer, parameterCount, weightSpec } from './checkpoint/weight-spec.ts';
export { scoreFactor } from './model/score-factor.ts';
export {
  disposeWeights,
  uploadWeights,
  WeightsBuilder,
  type BlockWeights,
  type Gpt2Weights
} from './model/weights.ts';
export {
  ablationEffects,
  type AblatedParts,
  type AblationEffect,
  type AblationOptions
} from './explain/ablation-effects.ts';
export {
  attribution,
  headSources,
  neuronParts,
  type Attribution,
  type AttributionOptions,
  type AttributionPart,
  type AttributionStep,
  type AttributionTarget
} from './explain/attribution.ts';
export { attributionPatching, type AttributionPatchingOptions } from './explain/attribution-patching.ts';
export {
  causalTrace,
  type CausalTrace,
  type CausalTraceCell,
  type CausalTraceOptions
} from './explain/causal-trace.ts';
export {
  compositionBaseline,
  compositionScores,
  copyingScores,
  type Composition,
  type CompositionBaseline,
  type CompositionRow
} from './explain/circuits.ts';
export {
  contributionGraph,
  followBack,
  type ContributionGraph,
  type ContributionGraphOptions,
  type FollowedBack,
  type GraphEdge
} from './explain/contribution-graph.ts';
export {
  detectHead,
  DETECTION_PATTERNS,
  type DetectionPattern,
  type DetectOptions
} from './explain/detect-head.ts';
export { embeddingMap, type EmbeddingMap } from './explain/embedding-map.ts';
export { gradientsAt, type Gradients, type Point } from './explain/gradients.ts';
export {
  headReport,
  type CompositionReport,
  type HeadEffect,
  type HeadReport,
  type NeuronReport
} from './explain/head-report.ts';
export { HEAD_SCORES, type HeadScoreName } from './explain/head-score-names.ts';
export { HeadCounter, type FiringRow, type HeadScores, type HeadStatistics } from './explain/head-counter.ts';
export type { TokenPair } from './explain/pair-counter.ts';
export {
  promptStatistics,
  repeatScores,
  textStatistics,
  type RepeatOptions,
  type RepeatScores
} from './explain/heads.ts';
export { textRows, type TextIds, type TextOptions, type TextStep } from './explain/text-rows.ts';
export { NeuronCounter, neuronsOnText, NO_PLACE, type NeuronStatistics } from './explain/neurons-on-text.ts';
export {
  metricOf,
  metricOfTrace,
  type LogitPair,
  type Measured,
  type Metric,
  type Progress
} from './explain/metric.ts';
export { CELL_VALUES, type CellValue } from './explain/cell-values.ts';
export {
  matrixMap,
  parameterMap,
  parameterStatistics,
  statistics,
  type MatrixMap,
  type MatrixWindow,
  type Statistics
} from './explain/parameter-statistics.ts';
export {
  PATCH_BY_HEAD,
  PATCH_BY_POSITION,
  patchGrid,
  type GridCell,
  type PatchGrid,
  type PatchGridOptions,
  type PatchPlace
} from './explain/patch-grid.ts';
export type { PromptPair } from './explain/prompt-pairs.ts';
export {
  PATH_METHODS,
  pathPatch,
  type PathEffect,
  type PathMethod,
  type PathOptions
} from './explain/path-patch.ts';
export {
  saliency,
  SALIENCY_METHODS,
  type Saliency,
  type SaliencyMethod,
  type SaliencyOptions
} from './explain/saliency.ts';
export { aboutRun, type RecordingAbout } from './recording/about.ts';
export { MOST_FLOW_TOKENS, RECORDED_PARTS, USUAL_PARTS, type RecordedPart } from './recording/members.ts';
export { placeTokens } from './recording/place-tokens.ts';
export { readRecording, type Recording } from './recording/read.ts';
export { followRecorded } from './recording/follow-recorded.ts';
export { needsWeights, RecordedTrace } from './recording/recorded-trace.ts';
export { writeTrace } from './recording/write-trace.ts';
export { recordingOfArrays, type GivenArray, type RunArrays } from './recording/from-arrays.ts';
export { traceReads, type RunReads } from './recording/run-reads.ts';
export { traceSource } from './recording/trace-source.ts';
export { writeRecording, type RecordingSource } from './recording/write.ts';
export { resultNorms } from './explain/result-norms.ts';
export { finished } from './explain/finished.ts';
export {
  nearestTokens,
  neuronTokens,
  ovTokens,
  qkTokens,
  type ScoredToken,
  type TokenRow
} from './explain/weight-tokens.ts';
