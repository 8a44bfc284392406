import type { vectorWords as English } from '../en/vectors';

export const vectorWords: typeof English = {
  position: '位置',
  query: '查询',
  key: '键',
  chosen: (what, position, token) => `${what}：${position}，${token}`,
  previous: (what) => `上一个${what}`,
  next: (what) => `下一个${what}`,
  positionOf: (position, token) => `位置 ${position}：${token}`,

  component: '分量',
  componentOf: (vector) => `${vector}：分量`,
  noComponent: (components) => `共 ${components} 个分量，未选择`,
  componentIs: (component, value) => `分量 ${component}：${value}`,
  values: (vector, count) => `${vector}：${count} 个值`,
  valuesBetween: (vector, count, extent) => `${vector}：${count} 个值，介于 ±${extent} 之间`
};
