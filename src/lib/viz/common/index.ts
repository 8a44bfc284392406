/** Parts that several views share: how a token, a number, a legend, a control and a figure look. */
export { axisTicks, type AxisScale, type AxisTick } from './axis';
export { default as DataTable } from './DataTable.svelte';
export { default as Figure } from './Figure.svelte';
export { formatInteger, formatNumber, formatProbability } from './format';
export { default as Histogram } from './Histogram.svelte';
export { layoutHistogram, type HistogramLayout, type HistogramSeries } from './histogram';
export { default as Legend } from './Legend.svelte';
export { measureWidth } from './measure';
export { default as NumberTip } from './NumberTip.svelte';
export { nextIndex } from './roving';
export { default as SectionLabel } from './SectionLabel.svelte';
export { default as Segmented } from './Segmented.svelte';
export { default as Slider } from './Slider.svelte';
export { default as Strip } from './Strip.svelte';
export { stripIndexAt, stripIndices } from './strip';
export { default as TokenChip } from './TokenChip.svelte';
export { default as TokenLabel } from './TokenLabel.svelte';
export { tokenLabel, tokenName, tokenParts, type TokenPart } from './token-label';
