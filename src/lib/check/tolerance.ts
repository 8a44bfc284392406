/**
 * How far a number of ours may be from a reference:
 *
 *     |actual - expected| <= absolute + relative * |expected|
 *
 * absolute 1e-4: float32 on different kernels moves activations of this size by some 1e-5, and the tanh GELU differs
 *   from the erf GELU by at most 4.7e-4 (at x = -2.70, where the value is about -0.01 and the relative term nothing),
 *   so 1e-4 tells them apart and 1e-3 could not.
 * relative 1e-5: residual norms, scores and logits reach 20 to 100, where one float32 step is already 2e-6 to 8e-6 and
 *   a sum of hundreds of products gathers many of them; 1e-5 adds 2e-4 at a logit of 20 and nothing near zero.
 *
 * The references themselves (Hugging Face and TransformerLens) are up to 1.2e-5 apart (logits), 5e-6 elsewhere.
 */
export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

export const ACTIVATION: Tolerance = { absolute: 1e-4, relative: 1e-5 };

/** How far beyond its tolerance a value is; negative when within it, NaN if either value is NaN. */
export function excess(actual: number, expected: number, { absolute, relative }: Tolerance): number {
  if (actual === expected) return -absolute;
  return Math.abs(actual - expected) - (absolute + relative * Math.abs(expected));
}
