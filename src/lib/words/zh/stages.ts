import type { stageWords as English } from '../en/stages';

export const stageWords: typeof English = {
  lensBelow: 'logit 透镜 · 每个深度各自的下一个预测'
};
