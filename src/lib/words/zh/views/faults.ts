import type { faultWords as English } from '../../en/views/faults';

const PARTS = { layer: '层', head: '头', neuron: '神经元', position: '位置', token: '词元' };

export const faultWords: typeof English = {
  editCount: (most, count) => `最多可有 ${most} 个编辑，现有 ${count} 个。请删去一些。`,
  editForm: (text, examples) => `“${text}”不是可读的编辑。可写成：${examples}。`,
  editNumber: (text) => `“${text}”：数值必须是有限数。`,
  editPositions: (text) => `“${text}”：位置写作 3、3-5（从小到大），或全部写作 3<4。`,
  editRange: (edit, part, last) => `${edit}：${PARTS[part]}必须在 0 到 ${last} 之间。`,
  editPlace: (edit) => `${edit}：此处不能做这种改动。`,
  editKeys: (edit) => `${edit}：另一位置的行对应不同的 key。请改取那里的 q、k 或 z。`,
  editOther: (edit) => `${edit}：它取自另一个提示，但还没有。请先输入一个。`,
  editTokens: (edit, tokens) => `${edit}：所取自的提示只有 ${tokens} 个词元。请选择两者都有的位置。`,
  editSizes: (edit) => `${edit}：另一个模型的尺寸不同。只有尺寸相同的模型才有相同的位置。`,
  pairLength: (clean, corrupt) =>
    `两个提示的词元数必须相同：一个有 ${clean} 个，另一个有 ${corrupt} 个。请把词换成词元数相同的词。`,
  pairMetric: (least) => `两次运行的测量值至少要相差 ${least}。请选择模型能够区分的提示或词元。`,
  pathOrder: () => '路径从较前层的头通向较后层的头。',
  noTokenLeft: (processor, value) => `${processor} = ${value} 去掉了剩下的所有词元：请放宽它。`
};
