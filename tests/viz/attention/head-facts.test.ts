import { describe, expect, it } from 'vitest';
import { describeHead } from '../../../src/lib/viz/attention/head-facts.ts';

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
      'too few tokens to say what it usually does'
    );
  });
});
