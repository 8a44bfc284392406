import type { lossWords as English } from '../en/loss';
import { integer } from '../numbers';

export const lossWords: typeof English = {
  title: '损失',
  part: '模型对这段文本的预期有多准确',
  say: '每个词元的颜色表示：在它前面的词元之后，它有多出乎意料：颜色越深，越出乎意料。指向一个词元，可以看到模型原本预期的是什么。',
  formula: '损失 = −ln softmax(logits)[下一个词元]',
  colourShows: '颜色表示',
  measures: { surprise: '惊讶度', log_probability: '对数概率', rank: '排名' },
  scales: {
    surprise: '惊讶度，比特：−log₂ p',
    log_probability: '对数概率，nats：ln p',
    rank: '排名，1 = 符合预期（对数刻度）'
  },
  text: (measure) => `按${measure}着色的文本；选择一个词元，查看模型原本的预期`,
  first: '它前面什么都没有，所以无从预期。',
  at: (position, sentence) => `位置 ${position}：${sentence}`,
  sentence: (token, probability, rank, bits, nats) =>
    `${token}：概率 ${probability}，排名 ${integer(rank)}，惊讶度 ${bits} 比特，对数概率 ${nats} nats`,

  mean: '平均损失',
  inBits: '换算成比特',
  bitsAToken: '比特/词元',
  perplexity: '困惑度',
  note: (perplexity) =>
    `困惑度是 e 的平均损失次方：平均而言，模型的不确定程度相当于面对 ${perplexity} 个同样可能的词元。第一个词元没有损失：它前面什么都没有。`,
  worseNote: (vocab_size) =>
    `困惑度是 e 的平均损失次方。超过词表大小 ${integer(vocab_size)} 时，模型对这段文本的预期还不如认为所有词元同样可能。第一个词元没有损失：它前面什么都没有。`,
  table: '每个词元的损失',
  columns: ['位置', '词元', '概率', '排名', '惊讶度（比特）', '对数概率（nats）', '预期'],
  tooShort: '请至少输入两个词元：第一个词元无从预期。',

  expectedAt: (position) => `位置 ${position} 处的预期`,
  heading: (position) => `位置 ${position} · 在“{token}”之后`,
  textHas: '文本中是',
  probability: '概率',
  rank: '排名',
  surprise: '惊讶度',
  logProbability: '对数概率',
  entropy: '熵',
  bits: (value) => `${value} 比特`,
  expected: '模型的预期：'
};
