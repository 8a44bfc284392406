import { integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The Embeddings view: wte row + wpe row = resid_pre. */
export const embeddingWords = inLanguage('embeddingWords', {
  takeOut: (position: number) => `Take the token at position ${position} out`,
  title: 'Embeddings',
  part: (position: number) => `position ${position}`,
  say: 'The stream starts as the sum of two learned rows: one for which token it is, one for its position.',
  shape: (n_embd: number) => `[${n_embd}] each`,

  tokenRow: 'the token’s row',
  positionRow: 'the position’s row',
  blockReads: 'what block 0 reads',
  norm: (norm: string) => `norm ${norm}`,
  strips: (n_embd: number, token: string, position: number, wte: string, wpe: string, sum: string) =>
    `Three strips of ${n_embd} components for ${token} at position ${position}: norm ${wte} plus norm ${wpe} gives norm ${sum}`,
  component: 'Component',
  componentSum: (component: number, names: string, numbers: string) =>
    `component ${component}: ${names}, ${numbers}`,
  unit: 'value of a component',
  oneScale: 'One scale for all three strips.',
  noneBeyond: 'No value is beyond its ends.',
  beyond: (count: number, all: number) =>
    `${integer(count)} of ${integer(all)} values are beyond its ends and have the colours of the ends.`,
  keys: 'Arrow keys move the component, Page Up and Page Down the position.',

  /** {token} stands at the position; `length` and `angle` as the entries below say them. */
  facts: (
    position: number,
    length: string,
    wte: string,
    wpe: string,
    cosine: string,
    angle: string,
    sum: string
  ) =>
    `For {token} at position ${position}, ${length}: norms ${wte} and ${wpe}. Their cosine is ${cosine}: ${angle}, and the sum has norm ${sum}.`,
  exact: 'In float32 every component adds up exactly.',
  inexact: (difference: string) => `The largest difference from resid_pre is ${difference}.`,
  noAngle: 'one of them is zero and has no direction',
  rightAngle: 'they are almost at a right angle',
  sameWay: 'they point partly the same way',
  against: 'they point partly against each other',
  zeroRow: 'one of the two rows is zero',
  tokenLonger: (ratio: string) => `the token’s row is ${ratio} times as long as the position’s`,
  positionLonger: (ratio: string) => `the position’s row is ${ratio} times as long as the token’s`,

  components: (from: number, to: number) => `Components ${from} to ${to}`,
  bars: (from: number, to: number, values: string) => `Components ${from} to ${to} as bars, ${values}`,
  /** {positive} and {negative} are their colours. */
  barsLegend: (longest: string) =>
    `Bars start at 0; the longest of this window is ${longest}. {positive} above 0 {negative} below 0`,
  table: (token: string, position: number) => `Components of ${token} at position ${position}`
});
