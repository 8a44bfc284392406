import { describe, expect, it } from 'vitest';
import { memoryNeeded, whyTooLarge } from '../../src/lib/state/device-room';

const SMALL = 124_439_808; // gpt2
const LARGE = 774_030_080; // gpt2-large
const XL = 1_557_611_200; // gpt2-xl

describe('memoryNeeded', () => {
  it('is the weights in float32, 1.15 times, and a quarter of a gibibyte', () => {
    expect(memoryNeeded(SMALL)).toBeCloseTo(124_439_808 * 4 * 1.15 + 268_435_456, 0);
  });
});

describe('whyTooLarge', () => {
  it('says nothing of a model that fits', () => {
    expect(whyTooLarge(SMALL, 8)).toBeNull();
    expect(whyTooLarge(SMALL, undefined)).toBeNull();
  });

  it('says that no tab holds gpt2-xl, on whatever device', () => {
    const sentence = 'It needs about 7.4 GB of memory, and a browser tab has at most 4.3 GB.';
    expect(whyTooLarge(XL, 8)).toBe(sentence);
    expect(whyTooLarge(XL, undefined)).toBe(sentence);
  });

  it('says which device is too small, and for what', () => {
    expect(whyTooLarge(LARGE, 4)).toBe(
      'It needs about 3.8 GB of memory; on a device with 4 GB, a tab gets about 2.0 GB.'
    );
    expect(whyTooLarge(LARGE, 8)).toBeNull();
    expect(whyTooLarge(SMALL, 1)).toBe(
      'It needs about 0.8 GB of memory; on a device with 1 GB, a tab gets about 0.5 GB.'
    );
  });
});
