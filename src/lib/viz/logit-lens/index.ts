/** The logit lens: what each depth of the residual stream would say next, at every position. */
export { default as LogitLensTable } from './LogitLensTable.svelte';
export { default as LogitLensView } from './LogitLensView.svelte';
export { depthOfRow } from './rows';
export type { LensCell, LensMeasure, LensRow } from './types';
