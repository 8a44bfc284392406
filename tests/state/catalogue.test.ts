import { afterEach, describe, expect, it, vi } from 'vitest';
import { isBackendFault } from '../../src/lib/state/faults.ts';
import { fetchCatalogue } from '../../src/lib/state/catalogue.ts';
import catalogue from '../../static/models/models.json';

const URL = 'https://school.example/lens/models/models.json';

afterEach(() => vi.unstubAllGlobals());

/** What is said of an answer of the host. */
async function refusal(answer: () => Promise<Response> | Response): Promise<Error> {
  vi.stubGlobal('fetch', () => Promise.resolve().then(answer));
  return fetchCatalogue(URL).then(
    () => new Error('taken'),
    (error: Error) => error
  );
}

describe('fetchCatalogue(url)', () => {
  it('takes the catalogue that ships', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(catalogue)));
    expect((await fetchCatalogue(URL)).default).toBe('gpt2-nano');
  });

  it.each([
    ['no answer', () => Promise.reject(new TypeError('Failed to fetch')), 'be served, got no answer'],
    ['a missing file', () => new Response('', { status: 404 }), 'be served, got status 404'],
    ['a sign-in page', () => new Response('<!doctype html>'), 'be JSON, got "<!doctype html>"'],
    ['half of it', () => new Response('{"version": 1, "mod'), 'be JSON, got'],
    [
      'one of a later version',
      () => Response.json({ ...catalogue, version: 2 }),
      'hold a catalogue of version 1, got version:'
    ],
    ['another shape', () => Response.json([]), 'hold a catalogue of version 1, got'],
    ['null', () => Response.json(null), 'hold a catalogue of version 1, got its root:']
  ])('%s is named, and not blamed on a backend', async (_, answer, said) => {
    const error = await refusal(answer);
    expect(error.name).toBe('CatalogueError');
    expect(error.message).toContain(`catalogue: ${URL} must ${said}`);
    expect(isBackendFault(error)).toBe(false);
  });
});
