/** Parts that several views share: how a token, a number, a legend, a control and a figure look. */
export { afterPaint } from './after-paint';
export type { ChipFill } from './chip-fill';
export { CHIP_GAP, chipGrid, CHIP_ROW, LONG_PROMPT } from './chip-grid';
export { default as DataTable } from './DataTable.svelte';
export {
  depthLabel,
  depthName,
  depthPlace,
  depthTensor,
  depthTick,
  moveInDepths,
  type DepthPlace
} from './depth';
export { explainFirst, explanation } from './explanation.svelte';
export { default as Figure } from './Figure.svelte';
export {
  formatFixed,
  formatInteger,
  formatNumber,
  formatPoints,
  formatProbability,
  formatProbabilityIn,
  formatSigned,
  formatStretch,
  formatSum,
  formatWeight,
  shiftedPower,
  percentLabel,
  tickLabel
} from './format';
export { default as HowToReadButton } from './HowToReadButton.svelte';
export { giveLacking, waitingText } from './lacking';
export { default as HowToRead } from './HowToRead.svelte';
export { leastTarget, measureTop, measureWidth } from './measure';
export { nearestStop } from './nearest-stop';
export { giveToggledTables } from './open-tables';
export { optionalContext } from './optional-context';
export { pictureZoom, type ZoomHost } from './picture-zoom.svelte';
export { default as Phrase } from './Phrase.svelte';
export { phraseParts } from './phrase';
export { pointerIn, zoomOf } from './pointer';
export {
  exampleAround,
  largestPlace,
  placesAround,
  type ExampleCell,
  type ReadingExample
} from './reading-example';
export { readTextFile } from './read-text-file';
export { saveFile } from './save-file';
export { default as SectionLabel } from './SectionLabel.svelte';
export { fileName, tableCsv } from './table-text';
export { steppedTo } from './depth-steps';
export { default as Select } from './Select.svelte';
export { default as Segmented } from './Segmented.svelte';
export { default as Slider } from './Slider.svelte';
export { default as ScoredTokens } from './ScoredTokens.svelte';
export { splitCharacters, type CharacterPart } from './split-characters';
export { default as TokenChip } from './TokenChip.svelte';
export { default as TokenLabel } from './TokenLabel.svelte';
export { scoreDivisor, type ScoreDivisor } from './score-divisor';
export { tokenLabel, tokenName, tokenParts, type TokenPart } from './token-label';
export { unembedding } from './unembedding';
export { default as Waiting } from './Waiting.svelte';
export { default as ZoomButtons } from './ZoomButtons.svelte';
export { itemsInView, revealItem, WHOLE, zoomBy, zoomKey, type ZoomPlace } from './zoom-place';
