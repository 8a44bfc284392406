import { inLanguage } from '../spoken.svelte';

/** The page that draws every picture without a model. */
export const galleryWords = inLanguage('galleryWords', {
  title: 'Gallery',
  lead: 'Every picture of every view, drawn from stored numbers of a tiny model with random weights. The pictures are the same each time, so that a change of their looks is seen.',
  theme: 'Colours',
  light: 'Light',
  dark: 'Dark'
});
