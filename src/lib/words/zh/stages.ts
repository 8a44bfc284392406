import type { stageWords as English } from '../en/stages';

export const stageWords: typeof English = {
  lensBelow: 'logit 透镜 · 每个深度各自的下一个预测',
  decodeStory:
    '“解码”从一个故事开始：在最初的提示词之后，一个词元几乎占了全部概率，任何设置都改变不了多少。离开“解码”时会恢复最初的提示词，除非你添加了词元。',
  backToFirst: '回到最初的提示词'
};
