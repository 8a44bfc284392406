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
  /** before + attn + mlp. */
  most: string;
}

/** The Residual stream view: the norm at every depth, and what each block adds. */
export const residualWords = inLanguage('residualWords', {
  title: 'Residual stream',
  part: (depths: number) => `norm at all ${depths} depths`,
  say: 'One vector per position runs through the whole model. Every attention and every MLP adds a vector to it; here is how long it is at each depth.',
  scale: 'scale',
  scaleOfNorms: 'Scale of the norms',
  kinds: { linear: 'linear', log: 'log' },
  units: { linear: 'L2 norm (linear from 0)', log: 'L2 norm (log scale)' },

  summary: (depths: number, positions: number, largest: string, depth: number, position: number) =>
    `Norm of the residual stream at ${depths} depths and ${positions} ${plural(positions, { one: 'position', other: 'positions' })}; the largest, ${largest}, is at depth ${depth}, position ${position}.`,
  noFinite: (depths: number, positions: number) =>
    `Norm of the residual stream at ${depths} depths and ${positions} ${plural(positions, { one: 'position', other: 'positions' })}; none of them is a finite number.`,
  choose: 'Choose a depth and a position with the arrow keys',
  axes: 'rows: depth, from the embeddings (0) up · columns: position',
  /** {token} stands at the position, {norm} is its norm; `name` as normChartWords has it. */
  readout: (position: number, depth: number, name: string) =>
    `position ${position} {token}, depth ${depth}, ${name}: {norm}`,
  depths: (n_layer: number, layer: number) =>
    `Depth 0 is resid_pre of block 0 (after the embeddings), depth L is resid_post of block L − 1. Hugging Face’s \`hidden_states[${n_layer}]\` additionally has ln_f applied; here the last row is resid_post of block ${n_layer - 1}, before ln_f. The outline marks the step of block ${layer} at the selected position.`,
  table: 'Norm of the residual stream by position and depth',
  token: 'token',
  depth: (depth: number) => `depth ${depth}`,

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
  step: ({ layer, token, before, attn, mlp, after, share, most }: BlockStep) =>
    `Block ${layer} at ${token}: attention adds a vector of norm ${attn}, the MLP one of ${mlp}; of the two norms together, attention’s share is ${share}. The stream goes from ${before} to ${after}, not to ${before} + ${attn} + ${mlp} = ${most}.`,
  doNotAddUp:
    '**Norms do not add up**: vectors that point different ways partly cancel, so the share compares two lengths; it is not a share of the stream.',
  stepTable: (position: number, token: string) => `Each block’s step at position ${position}, ${token}`,
  blockNumber: (layer: number) => `block ${layer}`,
  before: 'before',
  after: 'after'
});
