import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../scripts/bench/cases.ts';
import { median, summarise } from '../../../scripts/bench/statistics.ts';

const NAME = { what: 'forward', T: 8, threads: 1, backend: 'wasm' };

describe('median(values)', () => {
  it.each([
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10]
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is NaN, and the values stay in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
    expect(median([])).toBeNaN();
  });
});

describe('summarise(values)', () => {
  it('gives the median and both ends', () => {
    expect(summarise([5, 1, 9])).toEqual({ median: 5, lowest: 1, highest: 9 });
  });
});

describe('caseOf(name, ours, ort)', () => {
  it('takes the ratio round by round, so that a busy moment of the machine counts for both', () => {
    const { ours_ms, ort_ms, ratio, rounds } = caseOf(NAME, [10, 100, 30], [20, 100, 20]);
    expect({ ours_ms, ort_ms, ratio, rounds }).toEqual({ ours_ms: 30, ort_ms: 20, ratio: 1, rounds: 3 });
  });

  it('has no ratio where onnxruntime-web does not take part', () => {
    expect(caseOf(NAME, [4])).toMatchObject({ ours_ms: 4, ort_ms: null, ratio: null, ort: null });
  });
});
