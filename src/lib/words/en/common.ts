import { counted } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const ROWS = { one: 'row', other: 'rows' };

/** Parts that several views share: tables, legends, histograms, chips, strips. */
export const commonWords = inLanguage('commonWords', {
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomWhole: 'Show all of it',
  zoomLevel: (times: string) => `${times} times; press to show all of it`,
  zoomHow: 'or wheel, pinch, + − 0; drag to move',
  notComputed: 'Not computed yet.',
  notInRun: 'Not among the numbers of this run.',
  /** In place of a token, where the model has a row that the tokenizer has no token for. */
  noToken: (id: number) => `no token, id ${id}`,
  probabilityRoot: 'probability (√ scale)',
  showAsTable: 'Show as table',
  rows: (count: number) => counted(count, ROWS),
  copyTable: 'Copy table',
  saveCsv: 'Save as CSV',
  rowsCopied: (count: number) => `${counted(count, ROWS)} copied.`,
  copyRefused: 'The browser did not allow copying. Save the table as CSV instead.',
  colourScale: (title: string) => `Colour scale: ${title}`,
  /** A legend's label with its unit. */
  withUnit: (label: string, unit: string) => `${label}, ${unit}`,
  /** A token that holds a part of a character's bytes. */
  piece: (character: string, part: number, of: number) => `, part ${part} of ${of} of ${character}`,
  chip: (position: number, token: string, id: number) => `position ${position}: ${token}, id ${id}`
});
