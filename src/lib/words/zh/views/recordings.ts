import type { recordingWords as English } from '../../en/views/recordings';

export const recordingWords: typeof English = {
  about: (model, day, tool) =>
    `${model} 的一次录制的运行，由 ${tool} 于 ${day} 录制：数值读自文件，没有进行计算。`,
  lacking: '此视图显示的部分内容不在录制文件中：它需要模型的权重。',
  otherPrompt: '一份录制只有一个提示词。要运行其他提示词，需要模型的权重。',
  load: (model) => `用 ${model} 计算`,
  getModel: (model) => `${model} 不在此设备上：请在“模型”页获取它`,
  back: '回到录制的提示词',
  otherWeights: (model) => `这里的 ${model} 权重与录制时的不同：数值会有差异。`,

  title: '存为文件',
  say: '文件只留在这台计算机上，除非你自己传给别人。',
  record: '录制这次运行',
  recordSays: '这次运行的所有数值：在本页无需模型权重即可打开，也可用 numpy.load 读取。',
  precision: '数值格式',
  whole: 'float32：精确',
  half: 'float16：大小减半，3 位有效数字',
  trace: '保存轨迹（.npz）',
  traceSays: '每个激活值都以 TransformerLens 的名称保存，可用 numpy.load 读取。',
  working: (percent) => `正在写入：${percent} %`,
  cancel: '取消',
  saved: (name, size) => `已保存 ${name}（${size}）。`,
  failed: (detail) => `无法保存（${detail}）。`,
  noRun: '还没有可保存的运行。',
  notes: '笔记',
  session: '保存会话（.json）',
  sessionSays: '提示词、编辑、固定的头、所选内容和你的笔记；不含数值。',
  open: '打开录制文件或会话',
  openSays: '选择一个文件，或把文件拖到页面上。'
};
