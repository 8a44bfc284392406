export { Explorer, getExplorer, setExplorer } from './explorer.svelte';
export type { ExplorerOptions } from './explorer-options';
export { DECODE_EXAMPLE, EXAMPLE_PROMPTS, TELLING_HEADS } from './example-prompts';
export { examples, exampleOnHead, promptOfNext, type Example } from './examples';
export { textOf, tokensOf } from './append';
export { fetchCatalogue, sourceOf, type Catalogue, type CatalogueEntry } from './catalogue';
export { kindsOfB } from './kinds-of-b';
export { language, LanguageChoice } from './language.svelte';
export { languageInLink } from './language-link';
export { fetchCompressedLinks } from './fetch-compressed-links';
export { messages, problemText } from './messages';
export type { ModelRow, Transfer } from './model-rows';
export { getModels, Models, setModels, type FoundModel } from './models.svelte';
export type { PositionRange } from './lens-window';
export type { Why } from './why/why.svelte';
export { countsOverA, decodesA } from './why/shows-a';
export { getOfflineCopy, OfflineCopy, setOfflineCopy } from './offline.svelte';
export type { Say } from './reports.svelte';
export { Run } from './run';
export { formatSession, parseSession, type Session } from './session-file';
export type { Selection, Shown } from './selection.svelte';
export { isCompressed, LINK_VERSION, LONG_LINK, readAddress, withView, type Address } from './address';
export { fitView, formatView, parseView, type Limits } from './url';
export { BACKENDS, DEFAULT_VIEW, GUIDE_LENGTH, withPlainLines, type ViewState } from './view-state';
export { ThemeChoice, type ThemePreference } from './theme.svelte';
export type { CellState, CreateRunner } from './cell-runs.svelte';
export { LessonState } from './lesson.svelte';
export {
  formatLessonLink,
  LESSON_MODES,
  parseLessonLink,
  type LessonLink,
  type LessonMode
} from './lesson-link';
export { classResults, classTable, withFile, type TaskResult } from './worksheet/class-results';
export {
  formatAnswers,
  isRight,
  numberOf,
  parseAnswers,
  parseWorksheet,
  TASK_KINDS,
  type Answer,
  type AnswersFile,
  type Task,
  type TaskKind,
  type Worksheet
} from './worksheet/worksheet';
