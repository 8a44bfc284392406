/** What pictures are made of. Views build on these; they build on no view. */
export { default as Axis } from './Axis.svelte';
export { default as Bars } from './Bars.svelte';
export { drawCells, drawPoints, openCanvas, type Cell } from './canvas';
export { default as CanvasStage } from './CanvasStage.svelte';
export { default as Chart } from './Chart.svelte';
export { type ChartFrame, type ChartScale } from './chart-frame.svelte';
export { default as ComponentPad } from './ComponentPad.svelte';
export { default as Grid } from './Grid.svelte';
export { histogram, histogramBars, outsideText, type ChartBar } from './histogram';
export {
  arrowStep,
  moveInGrid,
  moveInLines,
  moveInRow,
  slideTo,
  type ArrowStep,
  type GridPlace,
  type GridSize
} from './keys';
export { default as Legend } from './Legend.svelte';
export { default as Line } from './Line.svelte';
export { linePath } from './line-path';
export { default as Links } from './Links.svelte';
export { default as Plot } from './Plot.svelte';
export { RovingWindow, type RovingList } from './roving-window.svelte';
export { default as SignedBar } from './SignedBar.svelte';
export { ScrollWindow, type ItemPlaces } from './scroll-window.svelte';
export { axisTicks, ticksAt, type AxisScale, type AxisTick } from './ticks';
export { default as Tip } from './Tip.svelte';
export { itemsOf, itemWindow, scrollToItem, type ItemWindow } from './window';
