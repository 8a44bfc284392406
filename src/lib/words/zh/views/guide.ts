import type { guideWords as English } from '../../en/views/guide';

export const guideWords: typeof English = {
  name: '导览',
  step: (step, all) => `第 ${step} 步，共 ${all} 步`,
  doneCount: (done, all) => `已完成 ${done} / ${all}`,
  done: '完成。',
  back: '上一步',
  next: '下一步',
  finish: '结束',
  skip: '跳过这一步',
  leave: '离开导览',
  again: '重新准备这一步',
  steps: {
    prompt: {
      title: '提示词',
      task: '在最上方，把提示词中的一个词改掉。',
      seen: '模型已读取新的文本。页面上的每个数都为它重新计算了。'
    },
    position: {
      title: '词元与位置',
      task: '提示词被切成词元。在标签页上方选择另一个词元。',
      seen: '现在一切都是这个位置的：它读取了什么，模型预测它后面是什么。'
    },
    depth: {
      title: '在模型中的流动',
      task: '“流程”显示所有的块。用图上方的按钮 ◂ 和 ▸ 逐步走过各个深度。',
      seen: '这个深度之后的内容变淡了：注意力和 MLP 只加到这里为止。'
    },
    temperature: {
      title: '下一个词元',
      task: '在下一个词元的列表中移动温度。',
      seen: '同样的 logit 给出不同的概率：小于 1 时最好的词元概率上升，大于 1 时其他词元概率上升。'
    },
    head: {
      title: '头',
      task: '“注意力”显示一个头。在小图中选择另一个头。',
      seen: '每个头都有自己的模式：它的各行说明它从哪里读取。'
    },
    cell: {
      title: '一个权重',
      task: '在大图中选一个单元格：点一下，或用方向键和回车键。',
      seen: '图旁写着这个权重是怎样得来的：点积、相除、掩码和 softmax。'
    },
    neuron: {
      title: '神经元',
      task: '固定 MLP 的一个神经元：在列表中选择它。',
      seen: '曲线显示它的输入在哪里，以及激活函数把它变成什么。'
    },
    lens: {
      title: 'logit 透镜',
      task: '选择颜色表示什么：排名、熵或 KL。',
      seen: '每个深度都当作最后一个来读，于是可以看到预测从哪个深度起不再改变。'
    },
    edit: {
      title: '去掉一个部分',
      task: '在“为什么”中加一个编辑：把一个头的 z 设为 0。',
      seen: '现在有了运行 B。句子说明预测怎样改变；每个视图都可以显示 A 或 B。'
    },
    decode: {
      title: '继续写',
      task: '“解码”把概率变成文本。取下一个词元，或抽取一个。',
      seen: '词元已经加上，模型读取更长的文本。续写文本就是重复这一步。'
    }
  },
  end: '这就是从文本到下一个词元的全部过程。各课程用代码走过同样的部分。'
};
