import { describe, expect, it } from 'vitest';
import {
  cutSentence,
  drawSentence,
  followedSentence,
  rowSentence,
  shownSentence,
  temperatureSentence
} from '../../../src/lib/viz/next-token/sentences';
import {
  cutNames,
  isNeutral,
  NEUTRAL,
  TOP_K_STOPS,
  topKStop
} from '../../../src/lib/viz/next-token/settings';

describe('shownSentence(shown, vocab_size, mass)', () => {
  it('says how much of the distribution is on screen', () => {
    expect(shownSentence(12, 50_257, 0.572)).toBe('12 of 50,257 tokens shown · 57.2 % of the probability');
  });
});

describe('cutSentence(settings, keptCount, vocab_size, massCut)', () => {
  it('says nothing where nothing is cut', () => {
    expect(cutSentence({ temperature: 0.5, top_k: 0, top_p: 1 }, 50_257, 50_257, 0)).toBeNull();
  });

  it('names the cuts, what they keep and the mass they cost', () => {
    expect(cutSentence({ temperature: 1, top_k: 40, top_p: 0.9 }, 23, 50_257, 0.123)).toBe(
      'top-k 40 and top-p 0.9 keep 23 of 50,257 tokens; 12.3 % of the probability was cut, the rest is renormalised to 100 %.'
    );
    expect(cutSentence({ temperature: 1, top_k: 40, top_p: 1 }, 40, 50_257, 0.5)).toContain(
      'top-k 40 keeps 40 of'
    );
  });
});

describe('temperatureSentence(temperature)', () => {
  it('says who gains', () => {
    expect(temperatureSentence(1)).toBeNull();
    expect(temperatureSentence(0.7)).toBe('Logits are divided by 0.7: the best tokens gain.');
    expect(temperatureSentence(1.5)).toBe('Logits are divided by 1.5: the unlikely tokens gain.');
  });
});

describe('drawSentence(seed, tokenCount)', () => {
  it('says what a draw depends on', () => {
    expect(drawSentence(42, 14)).toContain("seed 42 and the prompt's length (14 tokens)");
    expect(drawSentence(42, 1)).toContain('(1 token)');
  });
});

describe('followedSentence(label, rank, probability)', () => {
  it('says how well the real next token was foreseen', () => {
    expect(followedSentence('·store', 9, 0.032)).toBe('In the prompt ·store follows: rank 9, 3.2 %.');
  });
});

describe('rowSentence(label, row, changed)', () => {
  const row = { rank: 2, logit: '12.80', before: 0.041, after: 0.293, kept: true };

  it('gives both probabilities only where there are two', () => {
    expect(rowSentence('·John', row, false)).toBe('·John, rank 2, logit 12.80, 4.1 %');
    expect(rowSentence('·John', row, true)).toBe(
      '·John, rank 2, logit 12.80, 4.1 % in the model, 29.3 % with these settings'
    );
  });

  it('says cut, not 0 %', () => {
    expect(rowSentence('·John', { ...row, kept: false, after: 0 }, true)).toContain(
      'cut with these settings'
    );
  });
});

describe('topKStop(top_k)', () => {
  it('finds every stop again, off at the left end', () => {
    expect(TOP_K_STOPS.map(topKStop)).toEqual(TOP_K_STOPS.map((_, i) => i));
    expect(topKStop(0)).toBe(0);
  });

  it('takes the nearest stop for a number from a link', () => {
    expect(TOP_K_STOPS[topKStop(41)]).toBe(40);
    expect(TOP_K_STOPS[topKStop(5000)]).toBe(200);
  });
});

describe('isNeutral(settings)', () => {
  it('is true only for the model as it is', () => {
    expect(isNeutral(NEUTRAL)).toBe(true);
    expect(isNeutral({ ...NEUTRAL, top_p: 0.99 })).toBe(false);
    expect(isNeutral({ ...NEUTRAL, temperature: 0.95 })).toBe(false);
  });
});

describe('cutNames(settings)', () => {
  it('names what is on', () => {
    expect(cutNames(NEUTRAL)).toBe('');
    expect(cutNames({ ...NEUTRAL, top_p: 0.9 })).toBe('top-p 0.9');
  });
});
