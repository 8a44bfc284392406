import type { readingWords as English } from '../../en/views/reading';

export const readingWords: typeof English = {
  button: '怎样读这张图',
  cells: '图中的几个单元格；解释其中标出的一个',
  nothingYet: '这张图里还没有内容。画好以后，这里会解释其中的一个单元格。',

  flow: {
    how: '每个词元是一行，从左到右穿过各个块。向下进入某一行的线就是注意力：线越粗，这一行来自那个词元的份额越大。',
    says: (block, token, share, head) =>
      `在块 ${block} 中，这一行有 ${share} 来自“${token}”，比任何一块中的任何其他词元都多；其中头 ${head} 带来的最多。`
  },
  attention: {
    how: '矩阵的每一行是一个查询，每一列是一个键。单元格是该查询读取该键的权重：颜色越深，权重越大。每一行之和为 1，任何词元都不读取后面的词元。显示为弧线或文本时，同样的权重变成粗细或深浅。',
    says: (query, at, key, to, weight) =>
      `第 ${at} 行（“${query}”）、第 ${to} 列（“${key}”）：这个查询把 ${weight} 的权重放在这个键上，多于任何其他键。`
  },
  qkv: {
    how: '一个头、一个查询和一个键。每一条是一个向量；查询与键逐个分量相乘，乘积相加得到分数。',
    says: (component, q, k, product, all, dot, divisor, score) =>
      `分量 ${component} 的作用最大：查询的 ${q} 乘以键的 ${k} 得 ${product}。全部 ${all} 个乘积之和为 ${dot}；除以 ${divisor} 就是分数 ${score}。`
  },
  mlp: {
    how: '每个神经元有一个输入（pre），经过激活函数后有一个输出（post）。列表从最大的输出开始；大多数神经元都接近 0。',
    says: (neuron, pre, post) => `神经元 ${neuron} 在这个位置的输出最大：输入为 ${pre}，输出为 ${post}。`
  },
  layernorm: {
    how: '一个向量的前后：每个分量先减去均值、除以缩放，再乘以自己的权重，加上自己的偏置。',
    says: (component, x, centred, weighted, out) =>
      `分量 ${component} 进来时是 ${x}。居中并缩放后是 ${centred}，乘以权重后是 ${weighted}，加上偏置后是 ${out}。`
  },
  residual: {
    how: '图中每一列是一个位置，每一行是一个深度。单元格的颜色是残差流在那里的向量的范数：是它的长度，而不是它的内容。',
    says: (position, token, first, last, times) =>
      `位置 ${position}（“${token}”）的向量开始时范数为 ${first}，最后一块之后为 ${last}：是原来的 ${times} 倍。`
  },
  vectors: {
    how: '每一行是一个深度，每一列是这个位置的向量的一个分量。颜色是分量的值，带正负号。',
    says: (depth, component, value) =>
      `在“${depth}”处，分量 ${component} 为 ${value}：按大小，任何深度都没有比它更大的分量。`
  },
  cosines: {
    how: '行和列都是深度。单元格是两个深度处向量之间的余弦：接近 1 时方向相同。',
    says: (one, other, cosine) =>
      `“${one}”与“${other}”之间的余弦是 ${cosine}，在相邻的深度之间最小：向量在这里转向最多。`
  },
  results: {
    how: '每一行是一个块，每一列是一个头。颜色是该头在这个位置加到残差流上的向量的范数。',
    says: (head, norm) => `头 ${head} 在这里加上的向量最长：范数为 ${norm}。`
  },
  lens: {
    how: '每一列是一个位置，每一行是一个深度，输出在最上面。单元格写出如果模型到这个深度为止，下一个会是什么词元；颜色是所选的度量。',
    says: (depth, position, token, here, end) =>
      `从“${depth}”起，位置 ${position} 之后的最佳词元就是“${token}”：在那里为 ${here}，在输出处为 ${end}。`
  },
  embeddings: {
    how: '三条同样的分量：词元在 wte 中的行、位置在 wpe 中的行，以及两者之和，残差流由此开始。颜色表示正负和大小。',
    says: (component, wte, wpe, sum) =>
      `分量 ${component} 的和最大：词元的 ${wte} 加位置的 ${wpe} 得 ${sum}。`
  },
  heads: {
    how: '网格的每一行是一个块，每一列是一个头。颜色是所选的分数；两个分数相对照时，每个点是一个头。',
    says: (head, score, value, data) => `头 ${head} 的“${score}”最大：${value}，数据为${data}。`
  },
  head: {
    how: '一个头。表中是每个分数和它在所有头中的排名；下面的柱形是按查询到键的距离计算的平均权重。',
    says: (distance, weight) => `距离为 ${distance} 时平均权重最大：${weight}。距离 0 就是词元自身。`
  },
  composition: {
    how: '每一行是一对头。分数仅按权重说明：前面的头写入的内容，有多少落在后面的头所读取的方向上。',
    says: (from, to, score) => `头 ${from} 到头 ${to} 的分数最大：${score}。`
  },
  weights: {
    how: '这张图就是参数本身：行和列与文件中一样。颜色是值，带正负号；参数很大时，一个单元格代表多个值。',
    says: (row, column, value) =>
      `从第 ${row} 行、第 ${column} 列开始的单元格，是可见范围内最大的值：${value}。`
  },
  steps: {
    how: '每个词元有两条：模型给的概率，和经过设置之后的概率。被去掉的没有第二条；留下的分享全部概率。',
    says: (token, before, after) => `“${token}”是模型的最佳词元：模型给 ${before}，经过设置后为 ${after}。`
  },
  beams: {
    how: '每个方框是一个词元，接在它前面方框的文本之后。从左到右的一条路径就是一束；变淡的已被放弃。',
    says: (token, probability, total) =>
      `“${token}”在最佳路径的末尾：在前面的词元之后它的概率为 ${probability}，整条路径的对数概率之和为 ${total}。`
  },
  compare: {
    how: '每一列用自己的设置接续同一个提示词。与第一列不同之处，从开始不同的地方起加下划线。',
    says: (column, token, at) => `第 ${column} 列在它的第 ${at} 个词元处与第一列分开：“${token}”。`
  },
  loss: {
    how: '文本中每个词元的颜色，是它在前面的词元之后有多出人意料。第一个词元前面什么也没有。',
    says: (token, position, probability, nats) =>
      `位置 ${position} 的“${token}”最出人意料：模型只给了它 ${probability}，即 ${nats} nats。`
  },
  wrote: {
    how: '词元的 logit 是一个和。每一条，以及头的网格中的每一格，是模型的一个部分为它加上的量；负数是减去的量。',
    says: (part, value, logit) => `${part} 的量最大：在 logit ${logit} 中占 ${value} nats。`
  },
  effect: {
    how: '每个词元有两条：在运行 A 和运行 B 中的概率。列表包含两者各自最好的词元。',
    says: (token, before, after) => `“${token}”是运行 A 的最佳词元：在 A 中为 ${before}，在 B 中为 ${after}。`
  },
  difference: {
    how: '每个单元格是运行 B 的一个数减去运行 A 的同一个数。一种颜色表示 B 更大，另一种表示 A 更大；颜色浅的单元格两者相同。',
    says: (row, column, a, b, value) =>
      `第“${row}”行、“${column}”列相差最大：A 中为 ${a}，B 中为 ${b}，所以 B − A 为 ${value}。`
  },
  nextDifference: {
    how: '每一条表示一个词元在运行 B 中比在运行 A 中可能多少：向右是更可能，向左是更不可能。',
    says: (token, before, after) => `“${token}”变化最大：A 中为 ${before}，B 中为 ${after}。`
  },
  ablation: {
    how: '每个点是一个头。越靠右，它直接为 logit 加得越多。向上：没有它时 logit 上升；向下：下降。两者不必一致。',
    says: (head, direct, without) =>
      `去掉头 ${head} 时 logit 变化最大：它直接加 ${direct} nats，没有它时 logit 变化 ${without}。`
  },
  matters: {
    how: '每个单元格是一次单独的运行：把一个提示词的某处放进另一个提示词的运行。0：什么也没变；1：带来全部差别；0 和 1 之外：方向相反或超出。',
    says: (row, column, value) => `第 ${row} 行、${column} 列是目前测得的对答案影响最大的一处：${value}。`
  }
};
