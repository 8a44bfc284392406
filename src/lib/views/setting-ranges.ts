/** What the decoding settings of a link may be; the values of Hugging Face's options that a page has use for. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Share of a row from which Flow draws a link. */
export const LINKS_RANGE: Range = { min: 0, max: 1 };
export const TEMPERATURE_RANGE: Range = { min: 0.05, max: 2 };
export const TOP_K_RANGE: Range = { min: 0, max: 1_000_000 };
export const TOP_P_RANGE: Range = { min: 0.01, max: 1 };
export const MIN_P_RANGE: Range = { min: 0, max: 1 };
export const TYPICAL_P_RANGE: Range = { min: 0.01, max: 1 };
export const REPETITION_PENALTY_RANGE: Range = { min: 0.01, max: 100 };
export const NGRAM_RANGE: Range = { min: 0, max: 1024 };
export const NEW_TOKENS_RANGE: Range = { min: 1, max: 1024 };
export const BEAMS_RANGE: Range = { min: 2, max: 6 };
export const LENGTH_PENALTY_RANGE: Range = { min: 0, max: 10 };
export { MAX_SEED } from '$lib/gpt2';
