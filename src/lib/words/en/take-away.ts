import { inLanguage } from '../spoken.svelte';

/** The menu of every picture: how to take it away. */
export const takeAwayWords = inLanguage('takeAwayWords', {
  menu: (title: string) => `Save or copy: ${title}`,
  svg: 'Save as SVG',
  png: 'Save as PNG',
  copy: 'Copy as image',
  csv: 'Save numbers as CSV',
  csvOf: (caption: string) => `Save as CSV: ${caption}`,
  json: 'Save numbers as JSON',
  python: (name: string, library: string) => `Copy ${name} as Python (${library})`,
  pythonCopied: 'Code copied',
  working: 'Working…',
  saved: (file: string) => `Saved as ${file}`,
  copied: 'Image copied',
  failed: 'This browser could not do that. Try another format.'
});
