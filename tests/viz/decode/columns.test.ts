import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/lib/gpt2';
import { columnName, sharedLength } from '../../../src/lib/viz/decode/compare/columns';
import { decodeWords } from '../../../src/lib/words';
import { bestSentence, drawSentence, speedSentence } from '../../../src/lib/viz/decode/steps/sentences';
import { vocabulary } from '../shared/lens-fixture';

const column = { ...DEFAULT_SETTINGS, num_beams: 1, seed: 42 };

describe('columnName(settings)', () => {
  it('says how a column decodes', () => {
    expect(columnName(column)).toBe('best');
    expect(columnName({ ...column, num_beams: 3 })).toBe('3 beams');
    expect(columnName({ ...column, do_sample: true, temperature: 0.7, top_p: 0.9 })).toBe(
      'drawn, temperature 0.7, top-p 0.9'
    );
  });

  it('leaves out what is not used', () => {
    expect(columnName({ ...column, temperature: 0.7, repetition_penalty: 1.2 })).toBe(
      'best, repetition penalty 1.2'
    );
  });
});

describe('sharedLength(one, other)', () => {
  it('is where two texts part', () => {
    const text = (...ids: number[]) => ids.map((id) => vocabulary.token(id));
    expect(sharedLength(text(1, 2, 3), text(1, 2, 4))).toBe(2);
    expect(sharedLength(text(1, 2), text(1, 2, 4))).toBe(2);
    expect(sharedLength(text(), text(1))).toBe(0);
  });
});

describe('the sentences about a choice', () => {
  it('say why with the numbers of the draw', () => {
    expect(drawSentence(0.5, [0.25, 0.75], '·the')).toBe(
      'The draw 0.5000 falls on ·the, which lies from 0.2500 to 0.7500.'
    );
    expect(bestSentence('·the', 0.5)).toBe('Nothing is drawn: ·the has the highest score, 50.0 %.');
    expect(decodeWords.fromSeed(7, 1)).toContain(
      'number 1 of seed 7’s sequence, because 1 token comes before it'
    );
  });

  it('say how fast', () => {
    expect(speedSentence(20, 500)).toBe('40.0 tokens/s (20 in 0.50 s)');
    expect(speedSentence(300, 2000)).toBe('150 tokens/s (300 in 2.00 s)');
  });
});
