/**
 * exp(x) for x at most 0, all that a softmax needs, over whole vocabularies: several times faster than Math.exp,
 * whose last digits the language also leaves to each engine.
 *
 *     exp(x) = 2^n * 2^(j / 1024) * exp(r),   x = (n + j / 1024) ln 2 + r,   |r| <= ln 2 / 2048
 *
 * The first two factors come from tables, the third from four terms of its series, which leave out less than 1e-15.
 */
const STEP_BITS = 10;
const STEPS = 1 << STEP_BITS; // in each factor of two
const STEPS_PER_NAT = STEPS / Math.LN2;
/** One step in nats, as a sum: the first part has few enough bits that any whole number of steps is exact. */
const STEP_HIGH = Math.fround(Math.LN2) / STEPS;
const STEP_LOW = (Math.LN2 - Math.fround(Math.LN2)) / STEPS;

const SMALLEST_POWER = -1074; // 2^-1074 is the smallest float64 above 0
const SMALLEST = SMALLEST_POWER * Math.LN2; // exp of less is 0

/** Added and taken away again, it leaves a float64 rounded to a whole number: beyond it there are no fractions. */
const ROUNDER = 1.5 * 2 ** 52;
const THIRD_TERM = 1 / 6;

const FRACTION = Float64Array.from({ length: STEPS }, (_, step) => 2 ** (step / STEPS));
const POWER = Float64Array.from({ length: 1 - SMALLEST_POWER }, (_, index) => 2 ** (index + SMALLEST_POWER));

/**
 * exp(x), to a relative error under 1e-13 (where the result is at least 1e-300); 0 for -Infinity.
 *
 * @param x at most 0 and not NaN
 */
export function expNegative(x: number): number {
  if (x < SMALLEST) return 0;
  const steps = x * STEPS_PER_NAT + ROUNDER - ROUNDER;
  const r = x - steps * STEP_HIGH - steps * STEP_LOW;
  const series = 1 + r * (1 + r * (0.5 + r * THIRD_TERM));
  const step = steps | 0;
  return series * FRACTION[step & (STEPS - 1)] * POWER[(step >> STEP_BITS) - SMALLEST_POWER];
}
