/** What numbers of a link may be: the values that the page has use for. Those of processors are in the library's table. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Share of a row from which Flow draws a link. */
export const LINKS_RANGE: Range = { min: 0, max: 1 };
export const NEW_TOKENS_RANGE: Range = { min: 1, max: 1024 };
export const BEAMS_RANGE: Range = { min: 2, max: 6 };
export const LENGTH_PENALTY_RANGE: Range = { min: 0, max: 10 };
/** Causal tracing: blocks put back together, and noises that a cell is the mean over. */
export const WINDOW_RANGE: Range = { min: 1, max: 12 };
export const NOISES_RANGE: Range = { min: 1, max: 32 };
/** Each noise after the first takes the next seed, which must be one too. */
export const NOISE_SEED_RANGE: Range = { min: 0, max: 99_999 };
export { MAX_SEED } from '$lib/gpt2';
