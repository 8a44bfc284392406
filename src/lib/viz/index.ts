/** Every picture and part that a page may use. */
export { AttentionView } from './attention';
export type { Theme } from './color';
export {
  afterPaint,
  formatInteger,
  formatProbability,
  formatWeight,
  Phrase,
  SectionLabel,
  saveFile,
  Segmented,
  tableCsv,
  TokenLabel,
  tokenLabel
} from './common';
export {
  BeamView,
  CompareView,
  decodeOnlySettings,
  LossView,
  ProposedSettings,
  StepsView,
  type ColumnOutput
} from './decode';
export { EmbeddingsView } from './embeddings';
export { FlowView } from './flow';
export { LayerNormMini, LayerNormView } from './layer-norm';
export { LogitLensTable, LogitLensView } from './logit-lens';
export { MlpView } from './mlp';
export { ModelMap, type MapPart } from './model-map';
export { AddModel, formatBytes, ModelCard, StorageLine, TransferLine } from './models';
export { NextTokenBar, NextTokenView, TopToken } from './next-token';
export { PromptEditor, PromptFit } from './prompt';
export { QkvView } from './qkv';
export { ResidualMini, ResidualView } from './residual';
export {
  AppHeader,
  FoldingBar,
  LoadingPanel,
  MemoryLine,
  NewVersion,
  Notices,
  SiteHeader,
  TabList,
  TabPanel
} from './shell';
