/** What a notebook-style page is made of. */
export { default as Cell } from './Cell.svelte';
export { default as Check } from './Check.svelte';
export { checkViews, type CheckSituation, type CheckView } from './check-view';
export { isGpt2Small, SOURCE_MODEL } from './checks';
export { catalogue, lessonNames, loadLesson, type CatalogueLesson } from './lessons';
export { differences } from './differences';
export { bestForm, tokensNamed, type TokenForm } from './predict';
export { default as Predict } from './Predict.svelte';
export { default as Prose } from './Prose.svelte';
export { cellsFile, readCellsFile } from './saved-cells';
export { lessonMarkdown, lessonNotebook, type LessonToSave } from './saved-lesson';
export { default as TensorPrint } from './TensorPrint.svelte';
export * from './types';
