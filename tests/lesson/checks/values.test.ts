import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceValue, sourceValues } from '../../../src/lib/lesson/checks/index.ts';

/** Passages of the sources that hold the values, by file name. */
const seeds = JSON.parse(readFileSync('tests/fixtures/lesson/seeds.json', 'utf8')) as Record<
  string,
  string[]
>;

describe('values.json', () => {
  it('has values of all five sources', () => {
    const files = new Set(sourceValues.map(({ source }) => source));
    expect([...files].sort()).toEqual(Object.keys(seeds).sort());
    expect(files.size).toBe(5);
    expect(sourceValues.length).toBeGreaterThan(190);
  });

  it.each(sourceValues)('$id stands in its source', ({ source, printed }) => {
    expect(printed.length).toBeGreaterThan(0);
    expect(seeds[source].some((passage) => passage.includes(printed))).toBe(true);
  });

  it('leaves no passage of the sources unused', () => {
    for (const [source, passages] of Object.entries(seeds)) {
      const printed = sourceValues.filter((value) => value.source === source).map((value) => value.printed);
      for (const passage of passages)
        expect(
          printed.some((text) => passage.includes(text)),
          passage
        ).toBe(true);
    }
  });

  it('gives every value one id, and a check or the reason why there is none', () => {
    expect(new Set(sourceValues.map(({ id }) => id)).size).toBe(sourceValues.length);
    for (const { id, check, random, run } of sourceValues)
      expect([check, random, run].filter(Boolean), id).toHaveLength(1);
  });
});

describe('sourceValue(id)', () => {
  it('finds a value', () => expect(sourceValue('deep-dive/wte').printed).toBe('Embedding(50257, 768)'));

  it('names an id that is not there', () => {
    expect(() => sourceValue('deep-dive/nothing')).toThrow(
      'sourceValue: id must be in values.json, got "deep-dive/nothing".'
    );
  });
});
