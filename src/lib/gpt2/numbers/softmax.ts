/** Turns logits into probabilities, over the whole vocabulary. Sums are kept in float64. */
import { InputError, mustBe } from '../errors.ts';
import { expNegative } from './exponential.ts';

const LOGITS_ADVICE = 'Check the weights and the backend: a finite model gives finite logits.';

/**
 * The largest logit, which makes softmax safe to compute: exp(logit - largest) never overflows.
 *
 * Throws: InputError if there is none, if it is not finite (all -Infinity, or +Infinity), or if a logit is NaN.
 */
export function largestLogit(where: string, logits: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id];
    if (logit > largest) largest = logit;
    else if (Number.isNaN(logit)) {
      throw new InputError(mustBe(`${where}: logits[${id}]`, 'a number', 'NaN', LOGITS_ADVICE));
    }
  }
  if (Number.isFinite(largest)) return largest;
  const actual = logits.length === 0 ? 'no logits' : `${largest} as the largest`;
  throw new InputError(
    mustBe(`${where}: logits`, 'finite or -Infinity, at least one finite', actual, LOGITS_ADVICE)
  );
}

/** What makes log-probabilities of logits: ln p[i] = (logits[i] - largest) / temperature - logSum. */
export interface Normaliser {
  readonly largest: number;
  /** Sum of exp((logits[i] - largest) / temperature). */
  readonly sum: number;
  /**
   * ln(sum), from the sum without its largest term, which is 1: where that term is nearly all, the others are what says
   * how far a probability is from 1, and added to 1 they lose their digits.
   */
  readonly logSum: number;
}

/**
 * Shapes: logits [vocab_size].
 * Throws: InputError as `softmax`.
 */
export function normaliserOf(where: string, logits: ArrayLike<number>, temperature = 1): Normaliser {
  const largest = largestLogit(where, logits);
  let rest = 0;
  let ties = -1; // the first largest one is the term that is left out
  for (let id = 0; id < logits.length; id++) {
    const shifted = logits[id] - largest;
    if (shifted === 0) ties++;
    else rest += expNegative(shifted / temperature);
  }
  return normaliser(largest, rest + ties);
}

/** @param rest the sum without one of the largest terms */
export function normaliser(largest: number, rest: number): Normaliser {
  return { largest, sum: 1 + rest, logSum: Math.log1p(rest) };
}

/**
 * ln of one token's probability, exact also where that is nearly 1 or too small for a float64.
 *
 * Shapes: logits [vocab_size].
 * Units:  nats.
 * Throws: InputError as `softmax`.
 */
export function logProbabilityOf(logits: ArrayLike<number>, id: number): number {
  const { largest, logSum } = normaliserOf('logProbabilityOf', logits);
  return logits[id] - largest - logSum;
}

/** Throws: InputError if `temperature` is not a finite number above 0. */
export function checkTemperature(where: string, temperature: number): void {
  if (temperature > 0 && Number.isFinite(temperature)) return;
  const advice = 'Towards 0 all probability goes to the largest logit: take the best token instead.';
  throw new InputError(mustBe(`${where}: temperature`, 'a finite number above 0', temperature, advice));
}

/**
 * Probabilities of a vector of logits.
 *
 *     p[i] = exp(logits[i] / temperature) / sum over j of exp(logits[j] / temperature)
 *
 * Towards temperature 0 this becomes "take the best token" (equal best ones share the probability), which is why 0
 * itself is refused. A logit of -Infinity has probability 0.
 *
 * Shapes: logits [vocab_size] -> [vocab_size].
 * Units:  logits in nats; probabilities add up to 1.
 * Throws: InputError if the temperature is not above 0, a logit is NaN or +Infinity, or all are -Infinity.
 */
export function softmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  checkTemperature('softmax', temperature);
  const largest = largestLogit('softmax', logits);
  const probabilities = new Float64Array(logits.length);
  let sum = 0;
  for (let id = 0; id < logits.length; id++) {
    probabilities[id] = expNegative((logits[id] - largest) / temperature);
    sum += probabilities[id];
  }
  for (let id = 0; id < logits.length; id++) probabilities[id] /= sum;
  return probabilities;
}

/**
 * Log-probabilities of a vector of logits: the logarithm of `softmax`, exact also where the probability is nearly 1 or too
 * small for a float64. A logit of -Infinity stays -Infinity.
 *
 * Shapes: logits [vocab_size] -> [vocab_size].
 * Units:  nats.
 * Throws: InputError as `softmax`.
 */
export function logSoftmax(logits: ArrayLike<number>, temperature = 1): Float64Array {
  checkTemperature('logSoftmax', temperature);
  const { largest, logSum } = normaliserOf('logSoftmax', logits, temperature);
  const logProbabilities = new Float64Array(logits.length); // `from` takes ten times as long
  for (let id = 0; id < logits.length; id++)
    logProbabilities[id] = (logits[id] - largest) / temperature - logSum;
  return logProbabilities;
}
