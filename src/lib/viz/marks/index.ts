/** What pictures are made of. Views build on these; they build on no view. */
export { default as Axis } from './Axis.svelte';
export { drawCells, drawPoints, openCanvas, type Cell } from './canvas';
export { default as CanvasStage } from './CanvasStage.svelte';
export { default as Chart } from './Chart.svelte';
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
export { RovingWindow, type RovingList } from './roving-window.svelte';
export { default as SignedBar } from './SignedBar.svelte';
export { ScrollWindow, type ItemPlaces } from './scroll-window.svelte';
export { itemsOf, itemWindow, scrollToItem, type ItemWindow } from './window';
