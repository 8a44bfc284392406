import { metricOf, softmax, topTokens } from '$lib/gpt2';

/** One token in two runs. */
export interface EffectRow {
  readonly token: number;
  /** Probabilities in A and in B. */
  readonly before: number;
  readonly after: number;
  /** nats */
  readonly logitBefore: number;
  readonly logitAfter: number;
}

export interface Effect {
  /** The best of A, and those of B that are not among them, by their probability in A. */
  readonly rows: readonly EffectRow[];
  /** Best token of each run. */
  readonly best: EffectRow;
  readonly now: EffectRow;
  /** KL(A ‖ B), nats. */
  readonly kl: number;
}

/**
 * The next token before and after.
 *
 * Shapes: logits of one position of A and of B, [vocab_size] each.
 * @param top how many of the best tokens of each run are listed
 */
export function compareNext(before: Float32Array, after: Float32Array, top: number): Effect {
  const [p, q] = [softmax(before), softmax(after)];
  const row = (token: number): EffectRow => ({
    token,
    before: p[token],
    after: q[token],
    logitBefore: before[token],
    logitAfter: after[token]
  });
  const most = Math.min(top, before.length);
  const [bestBefore, bestAfter] = [topTokens(before, most), topTokens(after, most)];
  const tokens = [...new Set([...bestBefore, ...bestAfter])].sort((a, b) => before[b] - before[a]);
  return {
    rows: tokens.map(row),
    best: row(bestBefore[0]),
    now: row(bestAfter[0]),
    kl: metricOf({ token: 0, kind: 'kl' }, after, before)
  };
}
