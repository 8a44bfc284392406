import { describe, expect, it } from 'vitest';
import { cellLabel, lensSummary } from '../../../src/lib/viz/logit-lens/sentences';
import { trackSentence } from '../../../src/lib/viz/logit-lens/track-sentence';

const later = (length: number, rank: number): number[] => Array.from({ length }, () => rank);

describe('trackSentence({label, ranks})', () => {
  it('says where the token starts and where it is best first', () => {
    const ranks = [812, ...later(9, 40), 1, 1, 1];
    expect(trackSentence({ label: '·Mary', ranks })).toBe(
      '·Mary: rank 812 at the embedding, 1 after block 9.'
    );
  });

  it('says where it ends if that is no longer its best', () => {
    expect(trackSentence({ label: 'x', ranks: [9000, 2, 30] })).toBe(
      'x: rank 9,000 at the embedding, 2 after block 0, 30 after block 1.'
    );
  });

  it('counts the rows inside the blocks as half depths', () => {
    expect(trackSentence({ label: 'x', ranks: [9000, 2, 30], step: 0.5 })).toBe(
      'x: rank 9,000 at the embedding, 2 after the attention of block 0, 30 after block 0.'
    );
  });

  it('says so when nothing changes', () => {
    expect(trackSentence({ label: 'x', ranks: [1, 1, 1] })).toBe(
      'x: rank 1 at the embedding and at every depth after it.'
    );
  });

  it('uses the rows that are there', () => {
    expect(trackSentence({ label: 'x', ranks: [undefined, undefined] })).toBe(
      'x: its ranks are being computed.'
    );
    expect(trackSentence({ label: 'x', ranks: [undefined, 7, undefined] })).toBe('x: rank 7 after block 0.');
  });
});

describe('lensSummary(...)', () => {
  it('says what the last row predicts', () => {
    expect(lensSummary(13, 14, 13, '·to', { label: '·the', probability: '32.4 %' })).toBe(
      'Logit lens, 13 depths by 14 positions. After ·to at position 13 the last row says ·the, 32.4 %.'
    );
    expect(lensSummary(13, 14, 13, '·to', null)).toContain('Being computed.');
  });
});

describe('cellLabel(...)', () => {
  it('says place, token and value', () => {
    const top = { label: '·the', probability: '9.1 %' };
    expect(cellLabel('after block 5', 3, '·John', top, 'rank 4')).toBe(
      'after block 5, at ·John, position 3: ·the, 9.1 %, rank 4'
    );
    expect(cellLabel('embed', 3, '·John', null, '')).toBe('embed, at ·John, position 3: being computed');
  });
});
