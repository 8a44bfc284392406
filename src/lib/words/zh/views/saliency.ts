import type { saliencyWords as English } from '../../en/views/saliency';

export const saliencyWords: typeof English = {
  label: '词元颜色',
  modes: { none: '无', input_x_gradient: '梯度 × 输入', integrated_gradients: '积分梯度' },
  targetLabel: '颜色说的是什么',
  targets: { token: '一个 logit', pair: '两个 logit 之差' },
  running: '正在测量……',
  ofToken: (position) => `位置 ${position} 上 {token} 的 logit`,
  ofPair: (position) => `位置 ${position} 上 {token} 的 logit 减去 {minus} 的 logit`,
  legend: '每个词元的嵌入加上多少',
  unit: 'nats',
  value: (value) => `加上 ${value} nats`,
  gradient: '每个词元在 wte 中的行处的梯度乘以这一行：只对微小的改变正确，所以它们的和没有意义。',
  integrated: (steps, sum, gap) =>
    `从为 0 的嵌入到提示词的嵌入，分 ${steps} 步。这些值的和是 ${sum}，与 logit 的变化相差 ${gap}（完备性缺口）。`,
  table: '每个词元的嵌入给 logit 加上多少',
  columns: ['位置', '词元', '加上，nats']
};
