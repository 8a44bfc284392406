import { processDistribution, topTokens } from '$lib/gpt2';
import type { ProcessedDistribution, SamplingSettings } from '$lib/gpt2';
import { layoutNextTokens, type BarScale, type NextTokenRow } from './layout';

/** The bars of one position with the distribution that they show, or the reason there is none. */
export type NextTokens =
  | { readonly rows: NextTokenRow[]; readonly processed: ProcessedDistribution; readonly problem: null }
  | { readonly rows: NextTokenRow[]; readonly processed: null; readonly problem: string };

/**
 * The best `count` tokens of one position as bars.
 *
 * Shapes: logits [vocab_size].  Units: nats.
 */
export function nextTokens(
  logits: Float32Array,
  settings: SamplingSettings,
  count: number,
  scale: BarScale = 'linear'
): NextTokens {
  try {
    const processed = processDistribution(logits, settings);
    const ids = topTokens(logits, Math.min(count, logits.length));
    return { rows: layoutNextTokens(ids, logits, processed, scale), processed, problem: null };
  } catch (error) {
    return { rows: [], processed: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
