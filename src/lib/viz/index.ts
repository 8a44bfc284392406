/** What pages use of the pictures; the views themselves are reached by their specs. */
export type { Theme } from './color';
export { activationFormula } from './common/activation-words';
export {
  afterPaint,
  explainFirst,
  type ChipFill,
  fileName,
  formatFixed,
  formatInteger,
  formatProbability,
  formatWeight,
  giveLacking,
  giveToggledTables,
  Phrase,
  SectionLabel,
  readTextFile,
  saveFile,
  Segmented,
  steppedTo,
  tableCsv,
  TokenLabel,
  tokenLabel
} from './common';
export { default as SeedField } from './common/SeedField.svelte';
export { decodeOnlySettings } from './decode';
export {
  ALL_TERMS,
  markTerms,
  setTermAddress,
  TERM_GROUPS,
  termAddress,
  termFacts,
  termsOf
} from './glossary';
export { loadTakeAway, offerRun } from './figure';
export { LayerNormMini } from './layer-norm';
export { ModelMap, type MapPart } from './model-map';
export { AddModel, formatBytes, ModelCard, StorageLine, TransferLine } from './models';
export { NextTokenBar, NextTokenView, TopToken } from './next-token';
export { ChipColours, chipFills, chipScale, PromptChips, PromptEditor, PromptFit } from './prompt';
export { ResidualMini } from './residual';
export {
  AppHeader,
  FoldingBar,
  LoadingPanel,
  MemoryLine,
  ModalDialog,
  NewVersion,
  Notices,
  SiteHeader,
  TabList,
  TabPanel
} from './shell';
export { GapBars, ShareStrip } from './worksheet';
