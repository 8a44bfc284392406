/** Every part of the page and the English it speaks; `zh/index.ts` must hold the same parts. */
export { commonWords } from './common';
export { embeddingWords } from './embeddings';
export { histogramPlotWords } from './histogram-plot';
export { layerNormWords } from './layer-norm';
export { messages } from './messages';
export { mlpWords } from './mlp';
export { modelFactWords } from './model-facts';
export { modelsWords } from './models';
export { normChartWords } from './norm-chart';
export { pageWords } from './pages';
export { promptWords } from './prompt';
export { qkvWords } from './qkv';
export { residualWords } from './residual';
export { shellWords } from './shell';
export { vectorWords } from './vectors';
