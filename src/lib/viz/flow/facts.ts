/** What a card says of one part of the picture, as numbers. */
import { range } from 'd3';
import { sumOf } from './links';
import type { FlowRow } from './types';

export interface LinkFacts {
  readonly share: number;
  readonly own: number;
  /** The heads that wrote it, the largest part first; at most three. */
  readonly heads: readonly { readonly head: number; readonly part: number; readonly attention: number }[];
  /** What it adds to the logit of the row's best next token, nats. */
  readonly logit: number;
}

const HEADS_TOLD = 3;

/** A link's numbers. @param last of several sources that are told together, the last one */
export function linkFacts(row: FlowRow, layer: number, source: number, last = source): LinkFacts {
  const { share, logit, heads } = sumOf(row, layer, range(source, last + 1));
  return { share, own: row.own[layer], heads: heads.slice(0, HEADS_TOLD), logit };
}

/** Norms of the stream by depth and of what the MLPs add, at every position. */
export interface FlowNorms {
  /** [n_layer + 1, T] */
  readonly resid: Float32Array;
  /** [n_layer, T] */
  readonly mlp_out: Float32Array;
}

/** Norm of what an MLP adds at a position, as a part of the stream's norm before the block. */
export function mlpRatio({ resid, mlp_out }: FlowNorms, T: number, layer: number, position: number): number {
  const before = resid[layer * T + position];
  return before > 0 ? mlp_out[layer * T + position] / before : NaN;
}

/** A band's sum of a value of each position. */
export function bandSum(first: number, last: number, value: (position: number) => number): number {
  let sum = 0;
  for (let position = first; position <= last; position++) sum += value(position);
  return sum;
}

/** A band's mean of a value of each position. */
export function bandMean(first: number, last: number, value: (position: number) => number): number {
  return bandSum(first, last, value) / (last - first + 1);
}
