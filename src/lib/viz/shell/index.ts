/** The frame around the pictures: header, the rows that stay in sight, notices, loading. */
export { default as AppHeader } from './AppHeader.svelte';
export { default as FoldingBar } from './FoldingBar.svelte';
export { default as LoadingPanel } from './LoadingPanel.svelte';
export { default as MemoryLine } from './MemoryLine.svelte';
export { default as ModalDialog } from './ModalDialog.svelte';
export { default as NewVersion } from './NewVersion.svelte';
export { default as Notices } from './Notices.svelte';
export { default as SiteHeader } from './SiteHeader.svelte';
export { default as TabList } from './TabList.svelte';
export { default as TabPanel } from './TabPanel.svelte';
