export { Explorer, type ExplorerOptions } from './explorer.svelte';
export { EXAMPLES } from './examples';
export { drawNumber, drawToken, textOf, tokensOf } from './append';
export { fetchCatalogue, type Catalogue, type CatalogueEntry } from './catalogue';
export { messages } from './messages';
export { Run } from './run';
export { fitView, formatView, parseView, LINK_VERSION, type Limits } from './url';
export * from './view-state';
export { ThemeChoice, type ThemePreference } from './theme.svelte';
export { LessonState, type CellState, type CreateRunner } from './lesson.svelte';
export {
  formatLessonLink,
  LESSON_MODES,
  parseLessonLink,
  type LessonLink,
  type LessonMode
} from './lesson-link';
