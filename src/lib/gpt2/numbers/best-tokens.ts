/** The best tokens of a position, and what their probabilities are parts of: as much as is recorded of its logits. */
export interface BestTokens {
  readonly ids: readonly number[];
  /** Of each, best first; nats. */
  readonly logits: readonly number[];
  /** Σ e^(logit − highest logit) over the whole vocabulary. */
  readonly sum: number;
  readonly vocab_size: number;
}
