import type * as English from '../en';
import { attentionWords } from './attention';
import { beamWords } from './beams';
import { checkWords } from './check';
import { commonWords } from './common';
import { compareWords } from './compare';
import { decodeWords } from './decode';
import { depthWords } from './depth';
import { embedWords } from './embed';
import { embeddingWords } from './embeddings';
import { exampleWords, exampleStoryWords } from './examples';
import { explorerWords } from './explorer';
import { flowWords } from './flow';
import { galleryWords } from './gallery';
import { histogramPlotWords } from './histogram-plot';
import { layerNormWords } from './layer-norm';
import { lensWords } from './lens';
import { lensViewWords } from './lens-view';
import { lessonLinkWords } from './lesson-link';
import { lessonWords } from './lessons';
import { linkWords } from './link';
import { lossWords } from './loss';
import { messages } from './messages';
import { mlpWords } from './mlp';
import { modelFactWords } from './model-facts';
import { modelMapWords } from './model-map';
import { modelsWords } from './models';
import { nextTokenWords } from './next-token';
import { normChartWords } from './norm-chart';
import { pageWords } from './pages';
import { presentingWords } from './presenting';
import { processorWords } from './processors';
import { promptWords } from './prompt';
import { qkvWords } from './qkv';
import { reasonWords } from './reasons';
import { residualWords } from './residual';
import { shareWords } from './share';
import { shellWords } from './shell';
import { stageWords } from './stages';
import { takeAwayWords } from './take-away';
import { vectorWords } from './vectors';

/**
 * The page in Simplified Chinese: every part of `en/`, in one file that is fetched when it is chosen.
 *
 * Glossary, one term a thing (names of activations, parameters, code and units stay as they are):
 *
 *     token 词元 (tokenize 分词, tokenizer 分词器, special token 特殊词元) · prompt 提示词 · next token 下一个词元
 *     position 位置 · vocabulary 词表 · text 文本 · model 模型 · checkpoint 检查点 · parameter 参数 · weight 权重 · bias 偏置
 *     block 块 · layer 层 · depth 深度 · width 宽度 · dimension 维 · component 分量 · vector 向量 · shape 形状 · norm 范数
 *     embedding 嵌入 (token embedding 词元嵌入, position embedding 位置嵌入) · residual stream 残差流 · hidden state 隐藏状态
 *     attention 注意力 · attention pattern 注意力模式 · head 头 (head 5.3: 头 5.3) · query 查询 · key 键 · value 值
 *     score 分数 · mask 掩码 (causal 因果) · softmax softmax · LayerNorm 层归一化 (LayerNorm where it is the name of a view)
 *     MLP MLP · neuron 神经元 · activation 激活值 · GELU GELU · unembedding 反嵌入 · contribution 贡献
 *     logit lens logit 透镜 · logits logits · probability 概率 · distribution 分布 · rank 排名 · entropy 熵
 *     KL divergence KL 散度 · loss 损失 · surprise 惊讶度 · log-probability 对数概率 · mean 均值 · variance 方差
 *     standard deviation 标准差 · scale 缩放 (colour scale 色标) · decode 解码 · generate 生成 · sampling 采样 · greedy 贪心
 *     draw 抽取 · seed 随机种子 · temperature 温度 · top-k, top-p, min-p as they are · beam search 束搜索 · beam 束
 *     repetition penalty 重复惩罚 · length penalty 长度惩罚 · step 步 · lesson 课程 · cell 单元格 · check 检验
 *     backend 后端 · run 运行 · read 读取 · link 链接 · page 页面 (this page 本页) · view 视图 · explorer 探索页
 *     edit 编辑 · metric 指标 · patching 替换 (activation patching 激活替换, path patching 路径替换) · ablation 消融
 *     causal tracing 因果追踪 · circuit 回路 · induction head 归纳头 · previous-token head 前一词元头
 *     duplicate-token head 重复词元头 · trace 轨迹 · recording 录制 · worksheet 练习单 · glossary 术语表 · guide 导览
 *
 * Style: the reader is 你; full-width punctuation, a space between Chinese and Latin letters or figures; what a reader
 * presses stands in “”.
 */
export const chinese: { readonly [Part in keyof typeof English]: (typeof English)[Part] } = {
  attentionWords,
  beamWords,
  checkWords,
  commonWords,
  compareWords,
  decodeWords,
  depthWords,
  embedWords,
  embeddingWords,
  exampleStoryWords,
  exampleWords,
  explorerWords,
  flowWords,
  galleryWords,
  histogramPlotWords,
  layerNormWords,
  lensWords,
  lensViewWords,
  lessonLinkWords,
  lessonWords,
  linkWords,
  lossWords,
  messages,
  mlpWords,
  modelFactWords,
  modelMapWords,
  modelsWords,
  nextTokenWords,
  normChartWords,
  pageWords,
  presentingWords,
  processorWords,
  promptWords,
  qkvWords,
  reasonWords,
  residualWords,
  shareWords,
  shellWords,
  stageWords,
  takeAwayWords,
  vectorWords
};

/** Words of single views, by the names that their files export: a new file is found by itself. */
const views = import.meta.glob<Readonly<Record<string, object>>>('./views/*.ts', { eager: true });
export const chineseOfViews: Readonly<Record<string, object>> = Object.assign({}, ...Object.values(views));
