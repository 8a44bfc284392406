import { sampleIndex } from '../numbers/random.ts';
import { topTokens } from '../numbers/ranks.ts';

/** What may follow one beam. */
export interface BeamScores {
  /** The beam's own log-probability. nats */
  readonly cumulative: number;
  /** What each token would add to it, processed. [vocab_size], nats; -Infinity: not allowed */
  readonly scores: Float64Array;
}

/** The same with the model's own log-probabilities. */
export interface ScoredBeam extends BeamScores {
  /** Before processing. [vocab_size], nats */
  readonly logProbabilities: Float64Array;
}

/** One token after one beam. */
export interface Continuation {
  /** Place of the beam among the given. */
  readonly beam: number;
  readonly id: number;
  /** The beam's log-probability and the token's. nats */
  readonly cumulative: number;
}

/**
 * The `count` continuations of all beams with the highest sums, best first; of equal ones the earlier beam, then the
 * lower id. Fewer if there are fewer that are allowed.
 */
export function bestContinuations(beams: readonly BeamScores[], count: number): Continuation[] {
  return beams
    .flatMap(({ cumulative, scores }, beam) =>
      topTokens(scores, Math.min(count, scores.length))
        .filter((id) => scores[id] > -Infinity)
        .map((id) => ({ beam, id, cumulative: cumulative + scores[id] }))
    )
    .sort((a, b) => b.cumulative - a.cumulative) // stable
    .slice(0, count);
}

/**
 * `count` continuations of all beams drawn one after another, none twice, each with a chance that is exponential in
 * its sum; in the order drawn. Fewer if there are fewer that are allowed.
 *
 * @param next numbers in [0, 1), one a draw
 * Source: transformers, _get_top_k_continuations: torch.multinomial without replacement.
 */
export function drawContinuations(
  beams: readonly BeamScores[],
  count: number,
  next: () => number
): Continuation[] {
  const vocab_size = beams[0].scores.length;
  const sums = new Float64Array(beams.length * vocab_size);
  let largest = -Infinity;
  for (const [beam, { cumulative, scores }] of beams.entries()) {
    for (let id = 0; id < vocab_size; id++) {
      const sum = cumulative + scores[id];
      sums[beam * vocab_size + id] = sum;
      if (sum > largest) largest = sum;
    }
  }
  const weights = sums.map((sum) => Math.exp(sum - largest));
  const drawn: Continuation[] = [];
  while (drawn.length < count) {
    let total = 0;
    for (const weight of weights) total += weight;
    if (!(total > 0)) break;
    const index = sampleIndex(
      weights.map((weight) => weight / total),
      next()
    );
    weights[index] = 0;
    drawn.push({
      beam: Math.floor(index / vocab_size),
      id: index % vocab_size,
      cumulative: sums[index]
    });
  }
  return drawn;
}
