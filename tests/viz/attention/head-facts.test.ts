import { describe, expect, it } from 'vitest';
import { describeHead, headFacts } from '../../../src/lib/viz/attention/head-facts.ts';

describe('headFacts(pattern, T)', () => {
  it('averages over the queries for which position 0, the previous token and the query differ', () => {
    const pattern = [1, 0, 0, 0, 0.5, 0.5, 0, 0, 0.6, 0.3, 0.1, 0, 0.8, 0.05, 0.1, 0.05];
    const facts = headFacts(pattern, 4);
    expect(facts.first).toBeCloseTo(0.7); // (0.6 + 0.8) / 2
    expect(facts.previous).toBeCloseTo(0.2); // (0.3 + 0.1) / 2
    expect(facts.self).toBeCloseTo(0.075); // (0.1 + 0.05) / 2
    expect(facts.queries).toBe(2);
  });
  it('has nothing to average for two tokens', () => {
    expect(headFacts([1, 0, 0.5, 0.5], 2)).toEqual({ first: 0, previous: 0, self: 0, queries: 0 });
  });
});

describe('describeHead(facts)', () => {
  it('names the place that gets most', () => {
    expect(describeHead({ first: 0.62, previous: 0.1, self: 0.1, queries: 3 })).toBe(
      'mostly attends to position 0, 62.0 % on average'
    );
  });
  it('gives the three shares where none gets half', () => {
    expect(describeHead({ first: 0.1, previous: 0.3, self: 0.2, queries: 3 })).toBe(
      'on average position 0 10.0 %, the previous token 30.0 %, the query itself 20.0 %'
    );
  });
  it('says when the prompt is too short', () => {
    expect(describeHead({ first: 0, previous: 0, self: 0, queries: 0 })).toBe(
      'too few tokens to tell its habit'
    );
  });
});
