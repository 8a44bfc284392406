import { plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** One block's step at one position; every value a norm, written out. */
interface BlockStep {
  layer: number;
  token: string;
  before: string;
  attn: string;
  mlp: string;
  after: string;
  share: string;
  /** "1.000 + 1.000 + 3.000 = 5.000": before, attn and mlp. */
  sum: string;
}

/** The Residual stream view: the norm at every depth, and what each block adds. */
export const residualWords = inLanguage('residualWords', {
  takeOut: (layer: number, position: number) => `Take out what block ${layer} adds at position ${position}`,
  title: 'Residual stream',
  part: (depths: number) => `norm at all ${depths} depths`,
  say: 'One vector per position runs through the whole model. Every attention and every MLP adds a vector to it; here is its norm (its length) at each depth.',
  scale: 'scale',
  scaleOfNorms: 'Scale of the norms',
  kinds: { linear: 'linear', log: 'log' },
  units: { linear: 'L2 norm (linear from 0)', log: 'L2 norm (log scale)' },

  summary: (depths: number, positions: number, largest: string, place: string, position: number) =>
    `Norm of the residual stream at ${depths} depths and ${positions} ${plural(positions, { one: 'position', other: 'positions' })}; the largest, ${largest}, is ${place}, at position ${position}.`,
  noFinite: (depths: number, positions: number) =>
    `Norm of the residual stream at ${depths} depths and ${positions} ${plural(positions, { one: 'position', other: 'positions' })}; none of them is a finite number.`,
  choose: 'Choose a depth and a position with the arrow keys',
  axes: 'rows: the stream after each block, the embedding at the bottom · columns: position',
  /** {token} stands at the position, {norm} is its norm; `name` and `tensor` as depthWords say them. */
  readout: (position: number, name: string, tensor: string) =>
    `position ${position} {token}, ${name}, ${tensor}: {norm}`,
  depths: (n_layer: number, layer: number) =>
    `The lowest row, emb, is resid_pre of block 0; row L is the stream after block L, its resid_post. Hugging Face’s \`hidden_states[${n_layer}]\` additionally has ln_f applied; here the last row is resid_post of block ${n_layer - 1}, before ln_f. The outline marks the step of block ${layer} at the selected position.`,
  table: 'Norm of the residual stream by position and depth',
  token: 'token',

  /** {token} stands at the position. */
  byDepthAt: (position: number) => `Norm by depth at position ${position} {token}`,
  chart: (position: number) => `Norm of the residual stream by depth at position ${position}`,
  others: 'Grey: the other positions.',
  drawn: { linear: 'Linear scale from 0.', log: 'Log scale.' },

  /** {token} stands at the position. */
  addsAt: (position: number) => `What each block adds at position ${position} {token}`,
  blocks: 'Blocks',
  block: 'block',
  share: 'attention’s share',
  row: (layer: number, attn: string, mlp: string, share: string) =>
    `Block ${layer}, attention adds norm ${attn}, MLP ${mlp}, attention’s share ${share}`,
  bars: {
    linear: (most: string) => `bar = norm of what is added, 0 … ${most}`,
    sqrt: (most: string) => `bar = norm of what is added, 0 … ${most} (√ scale)`
  },
  step: ({ layer, token, before, attn, mlp, after, share, sum }: BlockStep) =>
    `Block ${layer} at ${token}: attention adds a vector of norm ${attn}, the MLP one of ${mlp}; of the two norms together, attention’s share is ${share}. The stream goes from ${before} to ${after}, not to ${sum}.`,
  doNotAddUp:
    '**Norms do not add up**: vectors that point different ways partly cancel, so the share compares two lengths; it is not a share of the stream.',
  stepTable: (position: number, token: string) => `Each block’s step at position ${position}, ${token}`,
  blockNumber: (layer: number) => `block ${layer}`,
  before: 'before',
  after: 'after'
});
