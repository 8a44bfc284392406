/** Which neurons of an MLP speak at one position. */

/** One neuron at one position. */
export interface Neuron {
  index: number;
  /** Input of GELU. */
  pre: number;
  /** Output of GELU. */
  post: number;
}

/**
 * What a neuron must give to count as on. Left of zero GELU gives no more than 0.17005 in size (its dip, at pre = −0.753),
 * so an on neuron gives more than any that is held back.
 */
export const ON_THRESHOLD = 0.1701;

/** How many neurons are on, and how many have a positive input. */
export interface Activity {
  on: number;
  positive: number;
  total: number;
}

/** The `count` neurons of largest |post|, ties by index; a NaN comes first, because it must be seen. */
export function mostActive(pre: ArrayLike<number>, post: ArrayLike<number>, count: number): Neuron[] {
  const rank = ({ post: value }: Neuron) => (Number.isNaN(value) ? Infinity : Math.abs(value));
  return Array.from(post, (value, index) => ({ index, pre: pre[index], post: value }))
    .sort((a, b) => (rank(a) === rank(b) ? a.index - b.index : rank(b) - rank(a)))
    .slice(0, count);
}

/** Counts the neurons that are on (post > ON_THRESHOLD) and those with pre > 0. */
export function activity(pre: ArrayLike<number>, post: ArrayLike<number>): Activity {
  let on = 0;
  let positive = 0;
  for (let i = 0; i < post.length; i++) {
    if (post[i] > ON_THRESHOLD) on++;
    if (pre[i] > 0) positive++;
  }
  return { on, positive, total: post.length };
}
