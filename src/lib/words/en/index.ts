/** Every part of the page and the English it speaks; `zh/index.ts` must hold the same parts. */
export { commonWords } from './common';
export { messages } from './messages';
export { modelFactWords } from './model-facts';
export { modelsWords } from './models';
export { modelMapWords } from './model-map';
export { nextTokenWords } from './next-token';
export { pageWords } from './pages';
export { promptWords } from './prompt';
export { shellWords } from './shell';
