import { integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The Q · K · V view: from one query and one key to the weight, and from the weights to z. */
export const qkvWords = inLanguage('qkvWords', {
  head: (layer: number, head: number) => `Head ${layer}.${head}`,
  part: (layer: number) => `query, key and value, block ${layer}`,
  say: 'Each key is compared with the query; the better the two match, the more of that key’s value is read.',
  order: 'Order of the components',
  inOrder: 'in order',
  inOrderWhy: 'components as they are stored',
  sorted: 'sorted',
  sortedWhy: 'components by their product, largest first',
  reading: (layer: number) => `Reading q, k and v of block ${layer} …`,

  product: 'Product of query and key',
  multiply: '1 · Multiply by component, and sum',
  /** {vector} is q, k or v; {token} stands at its position. */
  vectorOf: '{vector} of {token}',
  queryAt: (position: number) => `query ${position}`,
  keyAt: (position: number) => `key ${position}`,
  byComponent: 'by component',
  /** {positive} and {negative} are their colours. */
  bars: (d_head: number) =>
    `{positive}above zero {negative}below zero · ${d_head} components · point at one for its numbers, click to keep it`,

  score: 'Score',
  scale: '2 · Scale',
  scoreWhy: (divisor: string) =>
    `score: divided by ${divisor}; √d_head keeps it from growing with the head’s width`,
  agree: (digits: number) =>
    `The model’s own attn_scores value, equal to the sum to ${digits} digits after the point.`,
  disagree: (model: string, sum: string) =>
    `The two do not agree: ${model} from the model, ${sum} from the sum.`,

  softmax: 'Softmax',
  overKeys: '3 · Softmax over the keys of this query',
  weightOf: (key: number) => `weight of key ${key}`,
  keys: 'Key: score and weight of each',
  keyRow: (key: number, token: string, score: string, weight: string) =>
    `key ${key} ${token}: score ${score}, weight ${weight}`,
  scoreColumn: 'score',
  weight: 'weight',
  longest: (weight: string) => `Bars: weight, a probability; the longest is ${weight}.`,
  onlyItself: 'Position 0 can read only itself, so its weight is 100 % for any score.',
  noneMasked: 'This is the last position: no key comes after it, so none is masked.',
  oneMasked: (key: number) =>
    `Key ${key} comes after the query and is masked. Its score is set to −∞, and e^−∞ = 0.`,
  masked: (first: number, last: number) =>
    `Keys ${first} to ${last} come after the query and are masked. Their score is set to −∞, and e^−∞ = 0.`,

  weighted: 'Weighted value',
  weigh: '4 · Multiply the values by the weights, and sum over the keys',
  weightedValue: 'weight · v',
  sameScale: 'same scale',
  otherDirections:
    'Component i of v is another direction than component i of q and k; they share only the number.',
  lighterKeys: (count: number) => `${integer(count)} keys with less weight`,
  ofKey: (key: number) => `weight · v of key ${key}`,
  ofLighterKeys: (count: number) => `weight · v of ${integer(count)} keys with less weight`,
  stackUnit: 'weight · v, and their sum z',
  difference: (difference: string) =>
    `Largest difference between this sum and the model’s own z: ${difference}`,
  table: (layer: number, head: number, query: number, key: number) =>
    `Head ${layer}.${head}, query ${query}, key ${key}: every component`
});
