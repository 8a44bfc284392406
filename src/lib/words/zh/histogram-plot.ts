import type { histogramPlotWords as English } from '../en/histogram-plot';
import { integer } from '../numbers';

export const histogramPlotWords: typeof English = {
  before: '之前',
  after: '之后',
  beforeAndAfter: 'LayerNorm 之前（{before}）与之后（{after}）',
  series: (name, mean, deviation) => `${name}：均值 ${mean}，标准差 ${deviation}`,
  picture: (label, series, tallest) => `${label}。${series.join('；')}。最高的条：${integer(tallest)} 个值。`,
  left: (count) => `左侧 ${count} 个`,
  right: (count) => `右侧 ${count} 个`,
  notNumbers: (count) => `非数值 ${count} 个`,
  offAxis: (parts) => `超出坐标轴：${parts.join('，')}`,
  offAxisOf: (name, offAxis) => `${name}，${offAxis}`
};
