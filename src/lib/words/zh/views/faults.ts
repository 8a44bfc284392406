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
  noTokenLeft: (processor, value) => `${processor} = ${value} 去掉了剩下的所有词元：请放宽它。`,
  range: (name, first, last, value) =>
    `${name} 必须是${last === null ? `不小于 ${first} 的整数` : ` ${first} 到 ${last} 之间的整数`}，现为 ${value}。`,
  setting: (name, value) => `${name} 不能是 ${String(value)}。`,
  promptRoom: (n_ctx, tokens) =>
    `提示词有 ${tokens} 个词元，而模型连同新词元最多容纳 ${n_ctx} 个。请缩短提示词。`,
  sequencesOfBeams: (num_beams) => `num_return_sequences 最多为 ${num_beams}：束搜索结束时每束只有一个序列。`,
  sameSequences: () => 'num_return_sequences 必须为 1：最佳词元总是同一个。请打开采样，或使用更多的束。',
  subject: () => '没有选择要加噪声的词元。请选择一个。',
  textTokens: (least) => `文本至少要有 ${least} 个词元。请换一段更长的文本。`,
  recordingSize: (most, bytes) =>
    `文件有 ${bytes} 字节；录制的运行最多 ${most} 字节。请录制更短的提示词或更少的激活。`,
  recordingSite: (address) => `${address} 属于另一个网站。请保存该文件，再拖到页面上。`,
  recordingServed: (path, status) =>
    `没有收到 ${path}${status === null ? '' : `（状态码 ${status}）`}。请保存该文件，再拖到页面上。`,
  recordingPart: (part) =>
    `其中的 ${part} 不是这个版本能读的录制内容。请选择“录制这次运行”或 npm run record 写出的文件`,
  deviceRoom: (bytes) =>
    `内存不足，无法再容纳 ${bytes} 字节。请关闭其他标签页，或使用更短的提示词或更小的模型。`,
  fileRoom: (bytes, tokens) =>
    `${tokens} 个词元需要 ${bytes} 字节，而一个文件最多容纳 4 GiB。请运行更短的提示词。`,
  catalogue: () => '无法读取模型目录。请重新加载页面；若仍如此，请重新构建并复制网站。',
  session: () => '它不是这个版本能读的会话文件。请选择保存为会话的文件。',
  needsWeights: () => '这个录制的运行不包含所需的数值。请打开它的模型并运行提示词。'
};
