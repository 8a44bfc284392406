/** Every part of the page and the English it speaks; `zh/index.ts` must hold the same parts. */
export { commonWords } from './common';
export { exampleWords } from './examples';
export { explorerWords } from './explorer';
export { lessonLinkWords } from './lesson-link';
export { linkWords } from './link';
export { messages } from './messages';
export { modelFactWords } from './model-facts';
export { modelMapWords } from './model-map';
export { modelsWords } from './models';
export { nextTokenWords } from './next-token';
export { pageWords } from './pages';
export { promptWords } from './prompt';
export { shellWords } from './shell';
export { stageWords } from './stages';
