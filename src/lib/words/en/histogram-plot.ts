import { counted } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const VALUES = { one: 'value', other: 'values' };

/** Histograms of a vector before and after LayerNorm, as beside the first picture. */
export const histogramPlotWords = inLanguage('histogramPlotWords', {
  before: 'before',
  after: 'after',
  /** {before} and {after} are their colours. */
  beforeAndAfter: 'before ({before}) and after ({after}) LayerNorm',
  series: (name: string, mean: string, deviation: string) =>
    `${name}: mean ${mean}, standard deviation ${deviation}`,
  /** The picture in words; each series as `series` says it. */
  picture: (label: string, series: readonly string[], tallest: number) =>
    `${label}. ${series.join('; ')}. Tallest bar: ${counted(tallest, VALUES)}.`,
  left: (count: number) => `${count} left`,
  right: (count: number) => `${count} right`,
  notNumbers: (count: number) => `${count} not a number`,
  /** Each part as `left`, `right` or `notNumbers` says it. */
  offAxis: (parts: readonly string[]) => `off axis: ${parts.join(', ')}`,
  offAxisOf: (name: string, offAxis: string) => `${name}, ${offAxis}`
});
