import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hubFolder, isSameAddress, parseAddress } from '../../src/lib/engine/models/address.ts';

const HUB = 'https://huggingface.co';
const MIRROR = 'http://school.example:8080/hub';

describe('parseAddress', () => {
  it.each([
    ['openai-community/gpt2', `${HUB}/openai-community/gpt2/resolve/main/`],
    ['gpt2', `${HUB}/openai-community/gpt2/resolve/main/`],
    ['distilgpt2@v1', `${HUB}/distilbert/distilgpt2/resolve/v1/`],
    ['  a/b_c.d  ', `${HUB}/a/b_c.d/resolve/main/`],
    ['a/b@v1.0', `${HUB}/a/b/resolve/v1.0/`],
    ['a/b@refs/pr/1', `${HUB}/a/b/resolve/refs%2Fpr%2F1/`],
    ['hf.co/a/b', `${HUB}/a/b/resolve/main/`],
    ['huggingface.co/gpt2', `${HUB}/openai-community/gpt2/resolve/main/`],
    ['https://hf.co/a/b?library=transformers#files', `${HUB}/a/b/resolve/main/`],
    [`${HUB}/distilbert/distilgpt2`, `${HUB}/distilbert/distilgpt2/resolve/main/`],
    [`${HUB}/a/b/discussions/3`, `${HUB}/a/b/resolve/main/`],
    [`${HUB}/a/b/tree/v1.0`, `${HUB}/a/b/resolve/v1.0/`],
    [`${HUB}/a/b/tree/main/sub`, `${HUB}/a/b/resolve/main/sub/`],
    [`${HUB}/a/b/tree/refs%2Fpr%2F1/sub/deep`, `${HUB}/a/b/resolve/refs%2Fpr%2F1/sub/deep/`],
    [`${HUB}/a/b/tree/refs/pr/1`, `${HUB}/a/b/resolve/refs%2Fpr%2F1/`],
    [`${HUB}/a/b/blob/dev/config.json`, `${HUB}/a/b/resolve/dev/`],
    [`${HUB}/a/b/blob/main/sub/model.safetensors`, `${HUB}/a/b/resolve/main/sub/`],
    [`${HUB}/a/b/raw/main/sub/config.json`, `${HUB}/a/b/resolve/main/sub/`],
    [`${HUB}/a/b/commit/607a30d`, `${HUB}/a/b/resolve/607a30d/`],
    [`${HUB}/a/b/resolve/abc/config.json?download=true`, `${HUB}/a/b/resolve/abc/`],
    ['https://example.org/models/mine', 'https://example.org/models/mine/'],
    ['https://example.org/models/mine/?download=1#top', 'https://example.org/models/mine/'],
    ['https://example.org/mine/model.safetensors', 'https://example.org/mine/'],
    ['http://localhost:8000', 'http://localhost:8000/'],
    ['https://example.org/über model/', 'https://example.org/%C3%BCber%20model/']
  ])('%s is of %s', (text, url) => {
    expect(parseAddress(text, HUB)?.url).toBe(url);
  });

  it('names a repository of the hub as it is called, where nothing else could be called so', () => {
    expect(parseAddress('openai-community/gpt2', HUB)?.name).toBe('openai-community--gpt2');
    expect(parseAddress('a/b@main', HUB)?.name).toBe('a--b');
  });

  it.each([
    ['the same folder name on two hosts', 'https://a.example/plain/', 'https://b.example/plain/'],
    ['the same folder name at two places', 'https://a.example/1/plain/', 'https://a.example/2/plain/'],
    ['a repository and a revision of it', 'owner/model', `${HUB}/owner/model/tree/dev`],
    ['two revisions', 'owner/model@dev', 'owner/model@v2'],
    ['a folder and a revision of its name', 'owner/model@dev', `${HUB}/owner/model/tree/main/dev`],
    ['a revision and a repository that reads like it', 'owner/model@dev', 'owner/model--dev'],
    ['owners and models with hyphens', 'a--b/c', 'a/b--c'],
    ['the hub and a host in its layout', 'owner/model', 'https://a.example/owner/model/resolve/main/'],
    ['letters that a folder name cannot have', 'https://a.example/a%20b/', 'https://a.example/a+b/']
  ])('gives two names to %s', (_, one, other) => {
    const names = [one, other].map((text) => parseAddress(text, HUB)!.name);
    expect(new Set(names).size).toBe(2);
  });

  it.each(['gpt2', 'gpt2-nano', 'distilgpt2'])('never calls a foreign folder %s', (name) => {
    expect(parseAddress(`https://example.org/${name}/`, HUB)?.name).toMatch(
      new RegExp(`^${name}-[0-9a-f]{8}$`)
    );
  });

  it('takes an id from the mirror where one is set', () => {
    const url = 'http://school.example:8080/hub/a/b/resolve/main/';
    for (const text of ['a/b', 'https://huggingface.co/a/b', `${MIRROR}/a/b`, `${url}config.json`]) {
      expect(parseAddress(text, MIRROR)).toMatchObject({ url, name: 'a--b' });
    }
  });

  it.each([
    '',
    'dialogpt',
    'a/b/c',
    'hf.co/datasets/a/b',
    'https://huggingface.co/models',
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

describe('isSameAddress(a, b)', () => {
  it('is true for a mirror of the same repository and revision', () => {
    expect(isSameAddress(`${HUB}/a/b/resolve/main/`, `${MIRROR}/a/b/resolve/main/`)).toBe(true);
    expect(isSameAddress(`${HUB}/a/b/resolve/main/`, `${MIRROR}/a/b/resolve/dev/`)).toBe(false);
    expect(isSameAddress('https://a.example/plain/', 'https://b.example/plain/')).toBe(false);
  });
});

it('hubFolder asks for main unless told otherwise', () => {
  expect(hubFolder(HUB, 'a/b')).toBe(`${HUB}/a/b/resolve/main/`);
  expect(hubFolder(HUB, 'a/b', '607a30d')).toBe(`${HUB}/a/b/resolve/607a30d/`);
});
