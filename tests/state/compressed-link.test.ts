import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isCompressed, readAddress } from '../../src/lib/state/address.ts';
import { compressFields, expandFragment } from '../../src/lib/state/compressed-link.ts';
import { formatView } from '../../src/lib/state/url.ts';
import { anyView } from './any-view.ts';

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const LONG = new URLSearchParams({ v: '2', prompt: 'Tom saw a dog. '.repeat(200) }).toString();

describe('expandFragment(compressFields(fields))', () => {
  it('is the fields of any view', async () => {
    await fc.assert(
      fc.asyncProperty(anyView, async (view) => {
        const fields = formatView(view);
        const short = await compressFields(fields);
        expect(short.length).toBeLessThanOrEqual(fields.length);
        if (short !== fields) expect(await expandFragment(`#${short}`)).toBe(fields);
      })
    );
  });

  it('is a twentieth of a long prompt that repeats, and leaves a short link alone', async () => {
    const short = await compressFields(LONG);
    expect(short).toMatch(/^z:[\w-]+$/);
    expect(short.length).toBeLessThan(LONG.length / 20);
    expect(await compressFields('v=2&prompt=Tom')).toBe('v=2&prompt=Tom');
  });
});

describe('expandFragment(fragment)', () => {
  it('reads what zlib wrote', async () => {
    expect(await expandFragment(`z:${base64url(deflateRawSync(LONG))}`)).toBe(LONG);
  });

  it.each([
    ['no fragment of this kind', '#v=2&prompt=Tom'],
    ['an anchor', '#zebra'],
    ['no base64url', '#z:a+b'],
    ['no deflate', '#z:AAAA'],
    ['cut off', `#z:${base64url(deflateRawSync(LONG)).slice(0, -8)}`],
    ['no UTF-8', `#z:${base64url(deflateRawSync(Uint8Array.of(0xff, 0xfe)))}`],
    ['far too long', `#z:${base64url(deflateRawSync('a'.repeat(1_000_000)))}`]
  ])('is null for %s', async (_, fragment) => expect(await expandFragment(fragment)).toBeNull());

  it('never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.base64String(), async (letters) => {
        const found = await expandFragment(`z:${letters}`);
        expect(found === null || typeof found === 'string').toBe(true);
      })
    );
  });
});

describe('isCompressed(fragment)', () => {
  it('is by its mark alone', () => {
    expect(['#z:AA', 'z:', '#z:?', '#zebra', '#v=2&z=1', ''].map(isCompressed)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false
    ]);
  });
});

describe('readAddress of a compressed fragment that could not be read', () => {
  it('opens no view, and says that the link is damaged', () => {
    const { text, anchor, problems } = readAddress({ hash: '#z:AAAA', search: '' });
    expect({ text, anchor }).toEqual({ text: '', anchor: null });
    expect(problems.map((say) => say())).toEqual([
      'The link is damaged, and what it held cannot be read. Copy it again, whole.'
    ]);
  });
});
