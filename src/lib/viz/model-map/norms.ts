import { formatNumber } from '../common/format';
import { barScale, type BarScale } from './bars';
import type { Stop } from './stops';

/** What each part adds to the residual stream at one position: L2 norms. undefined: not computed yet. */
export interface MapNorms {
  /** ‖attn_out‖ and ‖mlp_out‖ of each block, [n_layer]. */
  attn: Float32Array | undefined;
  mlp: Float32Array | undefined;
  embed: { wte: number; wpe: number } | undefined;
  /** ‖resid_post‖ of the last block: what ln_f reads. */
  final: number | undefined;
}

/** One scale for every bar of the map. */
export function mapScale({ attn, mlp, embed }: MapNorms): BarScale {
  return barScale([...(attn ?? []), ...(mlp ?? []), ...(embed ? [embed.wte, embed.wpe] : [])]);
}

/** The norm of a block's half; undefined where there is none yet. */
export function normOf({ part, layer }: Stop, norms: MapNorms): number | undefined {
  if (layer === null) return undefined;
  return part === 'attn' ? norms.attn?.[layer] : norms.mlp?.[layer];
}

/** A stop's name as it is spoken and shown. */
export function stopName({ part, layer }: Stop): string {
  if (part === 'embed') return 'Embeddings';
  if (part === 'ln_f') return 'ln_f';
  if (part === 'output') return 'Next token';
  return `Block ${layer} ${part === 'attn' ? 'attention' : 'MLP'}`;
}

/** What a stop does to the stream, with its norm. */
export function stopSays(stop: Stop, norms: MapNorms): string {
  if (stop.part === 'embed') {
    return norms.embed
      ? `‖wte‖ ${formatNumber(norms.embed.wte)} + ‖wpe‖ ${formatNumber(norms.embed.wpe)}`
      : 'wte + wpe start the stream';
  }
  if (stop.part === 'ln_f') {
    return norms.final === undefined
      ? 'reads the stream, adds nothing to it'
      : `reads a stream of norm ${formatNumber(norms.final)}`;
  }
  if (stop.part === 'output') return 'wteᵀ turns ln_f into logits';
  const norm = normOf(stop, norms);
  const name = stop.part === 'attn' ? '‖attn_out‖' : '‖mlp_out‖';
  return norm === undefined ? `adds ${name}, not computed yet` : `adds ${name} = ${formatNumber(norm)}`;
}

/** The map in one sentence: how much there is and where most is added. */
export function mapSummary(n_layer: number, norms: MapNorms, tokenLabel: string): string {
  const parts = `Model map: embeddings, ${n_layer} blocks of attention and MLP, ln_f, next token.`;
  const { attn, mlp } = norms;
  if (!attn || !mlp) return parts;
  const halves = Array.from({ length: n_layer }, (_, layer): [Stop, number][] => [
    [{ part: 'attn', layer }, attn[layer]],
    [{ part: 'mlp', layer }, mlp[layer]]
  ]).flat();
  const [stop, norm] = halves.reduce((best, half) => (half[1] > best[1] ? half : best));
  return `${parts} At ${tokenLabel} the most is added by ${stopName(stop)}: norm ${formatNumber(norm)}.`;
}

/** The rows of the map's table: every part with the norm it adds. */
export function mapRows(n_layer: number, { attn, mlp, embed, final }: MapNorms): (string | number)[][] {
  const cell = (norm: number | undefined): string => (norm === undefined ? '' : formatNumber(norm));
  const blocks = Array.from({ length: n_layer }, (_, layer) => [
    `block ${layer}`,
    cell(attn?.[layer]),
    cell(mlp?.[layer])
  ]);
  return [['wte, wpe', cell(embed?.wte), cell(embed?.wpe)], ...blocks, ['into ln_f', cell(final), '']];
}
