/** Every part of the page and the English it speaks; `zh/index.ts` must hold the same parts. */
export { commonWords } from './common';
export { lessonWords } from './lessons';
export { messages } from './messages';
export { modelFactWords } from './model-facts';
export { modelsWords } from './models';
export { pageWords } from './pages';
export { promptWords } from './prompt';
export { shellWords } from './shell';
