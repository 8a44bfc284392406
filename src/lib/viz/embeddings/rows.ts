import { embeddingWords as words } from '$lib/words';
import { formatSum } from '../common/format';

/** The three vectors of the sum, [n_embd] each, and the names of the rows they are. */
export interface EmbeddingRows {
  position: number;
  /** The token's id: its row of wte. */
  id: number;
  embed: Float32Array;
  pos_embed: Float32Array;
  resid_pre: Float32Array;
}

/** A vector of the sum with its name and the sign before it. */
export interface NamedRow {
  sign: '' | '+' | '=';
  name: string;
  what: string;
  values: Float32Array;
}

/** The sum from top to bottom: wte row, + wpe row, = resid_pre. */
export function namedRows({ position, id, embed, pos_embed, resid_pre }: EmbeddingRows): NamedRow[] {
  return [
    { sign: '', name: `wte[${id}]`, what: words.tokenRow, values: embed },
    { sign: '+', name: `wpe[${position}]`, what: words.positionRow, values: pos_embed },
    { sign: '=', name: `resid_pre[${position}]`, what: words.blockReads, values: resid_pre }
  ];
}

/** One component of the sum in names: "wte[284][17] + wpe[13][17] = resid_pre[13][17]". */
export function sumInNames(rows: EmbeddingRows, component: number): string {
  return namedRows(rows)
    .map(({ sign, name }) => `${sign} ${name}[${component}]`.trim())
    .join(' ');
}

/** The same component in numbers that add up as they are written: "0.0312 − 0.0127 = 0.0185". */
export function sumInNumbers({ embed, pos_embed, resid_pre }: EmbeddingRows, component: number): string {
  return formatSum([embed[component], pos_embed[component]], resid_pre[component]);
}
