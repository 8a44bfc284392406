import { describe, expect, it } from 'vitest';
import { processScores } from '../../../src/lib/gpt2/decode/processors.ts';
import { DEFAULT_SETTINGS } from '../../../src/lib/gpt2/decode/settings.ts';
import { sampleIndex, seededRandom } from '../../../src/lib/gpt2/numbers/random.ts';
import { fixture } from './fixture.ts';

const VOCAB_SIZE = 50257;
const TOLERANCE = 1e-6;
const DRAWS = 20_000;
const FEWEST_EXPECTED = 5; // of a class in a chi-square test

/** The formula that the fixture states: logits over the whole vocabulary without storing them. */
const formula = Float32Array.from(
  { length: VOCAB_SIZE },
  (_, i) => ((i * 7919) % VOCAB_SIZE) / 5025.7 - 80 + (i % 1000 === 7 ? 6 : 0)
);
const logitsOf = (name: string): Float32Array =>
  name === 'formula' ? formula : Float32Array.from(fixture.logits[name], (logit) => logit ?? -Infinity);

const probabilitiesOf = ({ logits, settings }: (typeof fixture.processors)[number]) =>
  processScores(logitsOf(logits), fixture.context, { ...DEFAULT_SETTINGS, do_sample: true, ...settings });

describe('processScores beside Hugging Face', () => {
  it.each(fixture.processors)('$settings on $logits', (one) => {
    const { probabilities } = probabilitiesOf(one);
    expect(probabilities.reduce((count, p) => count + (p > 0 ? 1 : 0), 0)).toBeLessThanOrEqual(one.kept);
    const ids = one.ids ?? Array.from(probabilities, (_, id) => id);
    const differences = ids.map((id, place) => Math.abs(probabilities[id] - one.probabilities[place]));
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
  });

  it.each(fixture.processors)('keeps as many: $settings on $logits', (one) => {
    const { scores } = probabilitiesOf(one);
    expect(scores.reduce((count, score) => count + (score > -Infinity ? 1 : 0), 0)).toBe(one.kept);
  });
});

describe('drawing from the processed distribution', () => {
  const drawn = fixture.processors.filter(
    ({ logits, settings }) => (logits === 'plain' || logits === 'ties') && settings.temperature !== undefined
  );

  it.each(drawn)('20,000 seeded draws pass a chi-square test: $settings on $logits', (one) => {
    const { probabilities } = probabilitiesOf(one);
    const next = seededRandom(42);
    const counts = new Array<number>(probabilities.length).fill(0);
    for (let draw = 0; draw < DRAWS; draw++) counts[sampleIndex(probabilities, next())]++;
    const { statistic, degrees } = chiSquare(counts, one.probabilities);
    expect(degrees).toBeGreaterThan(2);
    expect(statistic).toBeLessThan(chiSquareLimit(degrees));
  });
});

/** Against Hugging Face's probabilities; tokens that are expected too rarely count as one class. */
function chiSquare(counts: readonly number[], probabilities: readonly number[]) {
  const classes: { count: number; expected: number }[] = [];
  const rare = { count: 0, expected: 0 };
  for (const [id, count] of counts.entries()) {
    const expected = probabilities[id] * DRAWS;
    if (expected === 0) expect(count).toBe(0);
    else if (expected >= FEWEST_EXPECTED) classes.push({ count, expected });
    else {
      rare.count += count;
      rare.expected += expected;
    }
  }
  if (rare.expected > 0) classes.push(rare);
  const statistic = classes.reduce((sum, { count, expected }) => sum + (count - expected) ** 2 / expected, 0);
  return { statistic, degrees: classes.length - 1 };
}

/** The value that chance passes once in a thousand times (Wilson and Hilferty's approximation). */
function chiSquareLimit(degrees: number): number {
  const normal = 3.09; // of the standard normal distribution, once in a thousand
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + normal * Math.sqrt(spread)) ** 3;
}
