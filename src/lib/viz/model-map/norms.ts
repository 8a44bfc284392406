import { modelMapWords as words } from '$lib/words';
import { formatNumber } from '../common/format';
import { unembedding } from '../common/unembedding';
import { barScale, type BarScale } from '../common/bars';
import type { Stop } from './stops';

/** What each part adds to the residual stream at one position: L2 norms. undefined: not computed yet. */
export interface MapNorms {
  /** ‖attn_out‖ and ‖mlp_out‖ of each block, [n_layer]. */
  attn: Float32Array | undefined;
  mlp: Float32Array | undefined;
  embed: { wte: number; wpe: number } | undefined;
  /** ‖resid_post‖ of the last block: what ln_f reads. */
  final: number | undefined;
  /** false: the model has an output matrix of its own. */
  tied?: boolean;
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
  if (part === 'embed') return words.embeddings;
  if (part === 'ln_f') return 'ln_f';
  if (part === 'output') return words.nextToken;
  return part === 'attn' ? words.attentionOf(layer ?? 0) : words.mlpOf(layer ?? 0);
}

/** What a stop does to the stream, with its norm. */
export function stopSays(stop: Stop, norms: MapNorms): string {
  if (stop.part === 'embed') {
    return norms.embed
      ? `‖wte‖ ${formatNumber(norms.embed.wte)} + ‖wpe‖ ${formatNumber(norms.embed.wpe)}`
      : words.startsStream;
  }
  if (stop.part === 'ln_f') {
    return norms.final === undefined ? words.readsStream : words.readsNorm(formatNumber(norms.final));
  }
  if (stop.part === 'output') return words.logits(unembedding(norms.tied));
  const norm = normOf(stop, norms);
  const name = stop.part === 'attn' ? '‖attn_out‖' : '‖mlp_out‖';
  return norm === undefined ? words.addsLater(name) : words.adds(name, formatNumber(norm));
}

/** The map in one sentence: how much there is and where most is added. */
export function mapSummary(n_layer: number, norms: MapNorms, tokenLabel: string): string {
  const { attn, mlp } = norms;
  if (!attn || !mlp) return words.summary(n_layer);
  const halves = Array.from({ length: n_layer }, (_, layer): [Stop, number][] => [
    [{ part: 'attn', layer }, attn[layer]],
    [{ part: 'mlp', layer }, mlp[layer]]
  ]).flat();
  const [stop, norm] = halves.reduce((best, half) => (half[1] > best[1] ? half : best));
  return words.summaryWithMost(n_layer, tokenLabel, stopName(stop), formatNumber(norm));
}

/** The rows of the map's table: every part with the norm it adds. */
export function mapRows(n_layer: number, { attn, mlp, embed, final }: MapNorms): (string | number)[][] {
  const cell = (norm: number | undefined): string => (norm === undefined ? '' : formatNumber(norm));
  const blocks = Array.from({ length: n_layer }, (_, layer) => [
    words.block(layer),
    cell(attn?.[layer]),
    cell(mlp?.[layer])
  ]);
  return [['wte, wpe', cell(embed?.wte), cell(embed?.wpe)], ...blocks, [words.intoFinal, cell(final), '']];
}
