import type { galleryWords as English } from '../en/gallery';

export const galleryWords: typeof English = {
  title: '图库',
  lead: '每个视图的每张图，用一个随机权重的极小模型的已存数值绘出。每次画出的图都相同，所以外观的改动一看便知。',
  theme: '颜色',
  light: '浅色',
  dark: '深色'
};
