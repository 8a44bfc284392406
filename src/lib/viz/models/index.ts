/** The Models page: what there is, what is under way, what is kept. */
export { default as AddModel } from './AddModel.svelte';
export { default as ModelCard } from './ModelCard.svelte';
export { default as StorageLine } from './StorageLine.svelte';
export { default as TransferLine } from './TransferLine.svelte';
export { formatBytes, progressText, type Progress } from '../common/transfer-text';
