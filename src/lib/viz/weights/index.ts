export { windowOf } from './matrix-layout';
export { MOST_CELLS, MOST_VECTOR, type WeightsSettings } from './types';
export { default as WeightsView } from './WeightsView.svelte';
