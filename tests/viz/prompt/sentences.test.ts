import { describe, expect, it } from 'vitest';
import { chipInNextLine } from '../../../src/lib/viz/prompt/chip-lines';
import { chipSentence, countSentence, hexBytes } from '../../../src/lib/viz/prompt/sentences';

describe('countSentence(tokenCount, n_ctx, over)', () => {
  it('counts against the limit', () => {
    expect(countSentence(14, 512, 0)).toBe('14 of 512 tokens');
    expect(countSentence(512, 512, 0)).toBe('512 of 512 tokens');
  });

  it('says how much to take away when there are too many', () => {
    expect(countSentence(530, 512, 18)).toBe('530 of 512 tokens: shorten by 18 tokens');
    expect(countSentence(1025, 1024, 1)).toBe('1,025 of 1,024 tokens: shorten by 1 token');
  });

  it('counts them all even if only those within the limit are there', () => {
    expect(countSentence(512, 512, 18)).toBe('530 of 512 tokens: shorten by 18 tokens');
  });
});

describe('hexBytes(bytes)', () => {
  it('writes two digits a byte', () => {
    expect(hexBytes(Uint8Array.of(0x20, 0x4d, 0x0a))).toBe('20 4d 0a');
  });
});

describe('chipSentence(token, label, position)', () => {
  const token = { id: 5335, text: ' Mary', start: 4, end: 9, special: false };

  it('says id, position and bytes', () => {
    const bytes = new TextEncoder().encode(' Mary');
    expect(chipSentence({ ...token, bytes }, '·Mary', 1)).toBe(
      '·Mary, id 5335, position 1, bytes 20 4d 61 72 79'
    );
  });

  it('does not take the name of a special token for text', () => {
    const special = { ...token, id: 50_256, special: true, bytes: new Uint8Array(13) };
    expect(chipSentence(special, '<|endoftext|>', 0)).toBe(
      '<|endoftext|>, id 50256, position 0, a special token, not text'
    );
  });
});

describe('chipInNextLine(boxes, current, direction)', () => {
  const boxes = [
    { left: 0, top: 0, width: 50 },
    { left: 60, top: 0, width: 50 },
    { left: 0, top: 40, width: 20 },
    { left: 70, top: 40, width: 20 },
    { left: 0, top: 80, width: 20 }
  ];

  it('takes the chip nearest by its middle in the next line', () => {
    expect(chipInNextLine(boxes, 1, 1)).toBe(3);
    expect(chipInNextLine(boxes, 2, -1)).toBe(0);
    expect(chipInNextLine(boxes, 3, 1)).toBe(4);
  });

  it('stays where there is no line', () => {
    expect(chipInNextLine(boxes, 0, -1)).toBeUndefined();
    expect(chipInNextLine(boxes, 4, 1)).toBeUndefined();
  });
});
