export { collectTables, offerTable, type FigureTable } from './figure-tables';
export { default as TakeAway } from './TakeAway.svelte';
export { isWhole } from './whole.svelte';
