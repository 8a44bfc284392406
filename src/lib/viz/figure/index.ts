export { collectTables, offerTable, type FigureTable } from './figure-tables';
export { offerRun } from './shown-run';
export { default as TakeAway } from './TakeAway.svelte';
export { isWhole } from './whole.svelte';

/** What makes a file of a picture; fetched when it is first asked for, with what converts pages. */
export const loadTakeAway = () => import('./take-away');
