import { afterEach, describe, expect, it, vi } from 'vitest';
import { isCompressed, LONG_LINK } from '../../src/lib/state';
import { expandedHash, shortFields } from '../../src/routes/compressed-address';

const PATH = 'https://x.org/';
const LONG = `prompt=${'walk '.repeat(LONG_LINK / 4)}`;

afterEach(() => vi.unstubAllGlobals());

describe('shortFields(path, fields)', () => {
  it('leaves a link alone that is short enough', async () => {
    expect(await shortFields(PATH, 'view=lens')).toBe('view=lens');
  });

  it('compresses a long one, which is written out again', async () => {
    const short = await shortFields(PATH, LONG);
    expect(isCompressed(`#${short}`)).toBe(true);
    expect(short.length).toBeLessThan(LONG.length / 10);
    expect(await expandedHash(`#${short}`)).toBe(`#${LONG}`);
  });

  it('leaves a long one alone where the browser cannot compress', async () => {
    vi.stubGlobal('CompressionStream', undefined);
    expect(await shortFields(PATH, LONG)).toBe(LONG);
  });
});
