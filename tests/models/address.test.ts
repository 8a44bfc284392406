import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hubFolder, parseAddress } from '../../src/lib/engine/models/address.ts';

const HUB = 'https://huggingface.co';
const MIRROR = 'http://school.example:8080/hub';

describe('parseAddress', () => {
  it.each([
    ['openai-community/gpt2', 'openai-community--gpt2', `${HUB}/openai-community/gpt2/resolve/main/`],
    ['  a/b_c.d  ', 'a--b_c.d', `${HUB}/a/b_c.d/resolve/main/`],
    [`${HUB}/distilbert/distilgpt2`, 'distilbert--distilgpt2', `${HUB}/distilbert/distilgpt2/resolve/main/`],
    [`${HUB}/a/b/tree/v1.0`, 'a--b', `${HUB}/a/b/resolve/v1.0/`],
    [`${HUB}/a/b/resolve/abc/config.json`, 'a--b', `${HUB}/a/b/resolve/abc/`],
    ['https://example.org/models/mine', 'mine', 'https://example.org/models/mine/'],
    ['https://example.org/models/mine/?download=1#top', 'mine', 'https://example.org/models/mine/'],
    ['https://example.org/mine/model.safetensors', 'mine', 'https://example.org/mine/'],
    ['http://localhost:8000', 'localhost', 'http://localhost:8000/'],
    ['https://example.org/über model/', '-C3-BCber-20model', 'https://example.org/%C3%BCber%20model/']
  ])('%s', (text, name, url) => {
    expect(parseAddress(text, HUB)).toEqual({ name, url });
  });

  it('takes an id from the mirror where one is set', () => {
    expect(parseAddress('a/b', MIRROR)?.url).toBe('http://school.example:8080/hub/a/b/resolve/main/');
  });

  it.each([
    '',
    'gpt2',
    'a/b/c',
    '../gpt2',
    'owner/..',
    'ftp://example.org/a/b',
    'javascript:alert(1)',
    'https://'
  ])('refuses %s', (text) => {
    expect(parseAddress(text, HUB)).toBeNull();
  });

  it('gives a name that can be a folder and an address of the same kind, or null, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl({ withQueryParameters: true }),
      fc.string().map((s) => `a/${s}`)
    );
    fc.assert(
      fc.property(typed, (text) => {
        const address = parseAddress(text, HUB);
        if (address === null) return;
        expect(address.name).toMatch(/^[\w.-]{1,100}$/);
        expect(address.name).not.toMatch(/^\.+$/);
        expect(new URL(address.url).protocol).toMatch(/^https?:$/);
        expect(address.url.endsWith('/')).toBe(true);
      })
    );
  });
});

it('hubFolder asks for main unless told otherwise', () => {
  expect(hubFolder(HUB, 'a/b')).toBe(`${HUB}/a/b/resolve/main/`);
  expect(hubFolder(HUB, 'a/b', '607a30d')).toBe(`${HUB}/a/b/resolve/607a30d/`);
});
