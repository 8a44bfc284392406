/**
 * What a hub says of a file beside its bytes: the SHA-256 and the length of every large file, the licence on a model's
 * card, and which files a repository has.
 *
 * Source: huggingface_hub, file_download.py (X-Linked-ETag, X-Linked-Size); git-lfs, docs/spec.md (pointer files).
 */
import { hubTail } from './address.ts';
import type { HttpOptions } from './http-file.ts';

/** How to ask: until when, and by what. */
type Asking = Pick<HttpOptions, 'signal' | 'fetch'>;

export interface PublishedFacts {
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  readonly bytes: number | null;
}

/** The hub answers this kind itself, in place of sending the reader to its storage, whose headers say less. */
const FACTS_TYPE = 'application/vnd.xet-fileinfo+json, */*';
const POINTER_LETTERS = 1024; // a pointer file is shorter
const CARD_LETTERS = 2 ** 16;
const SHA256 = /^[0-9a-f]{64}$/;

/** The hash in an ETag that the hub gives for a large file; small files have another kind. */
export function sha256OfEtag(etag: string): string | null {
  const bare = etag.replace(/^W\//, '').replaceAll('"', '').toLowerCase();
  return SHA256.test(bare) ? bare : null;
}

/**
 * The published SHA-256 of a file of the hub or a mirror; null where it is unknown, and for every other address.
 *
 * Throws: the signal's reason once it is aborted.
 */
export async function publishedFacts(url: string, asking: Asking = {}): Promise<PublishedFacts | null> {
  if (hubTail(url) === null) return null;
  return (await factsOfHeaders(url, asking)) ?? (await factsOfPointer(url, asking));
}

async function factsOfHeaders(url: string, asking: Asking): Promise<PublishedFacts | null> {
  const headers = { Accept: FACTS_TYPE, Range: 'bytes=0-0' };
  const response = await ask(url, asking, { headers, redirect: 'manual' });
  const sha256 = sha256OfEtag(response?.headers.get('X-Linked-ETag') ?? '');
  response?.body?.cancel().catch(() => {});
  if (!response || !sha256) return null;
  return { sha256, bytes: lengthOf(response.headers.get('X-Linked-Size')) };
}

/** From the file that stands in the repository for the large one: a page cannot read the headers of a redirect. */
async function factsOfPointer(url: string, asking: Asking): Promise<PublishedFacts | null> {
  const text = await textAt(url.replace('/resolve/', '/raw/'), POINTER_LETTERS, asking);
  const sha256 = /^oid sha256:([0-9a-f]{64})$/m.exec(text ?? '')?.[1];
  if (!text?.startsWith('version https://git-lfs') || !sha256) return null;
  return { sha256, bytes: lengthOf(/^size (\d+)$/m.exec(text)?.[1] ?? null) };
}

/** The licence on the card of a model, as the card spells it; null where there is no card or no licence on it. */
export async function publishedLicence(folder: string, asking: Asking = {}): Promise<string | null> {
  return licenceOfCard((await textAt(`${folder}README.md`, CARD_LETTERS, asking)) ?? '');
}

/** `license: mit` between the `---` lines at the top of a model's card; null where there is none. */
export function licenceOfCard(card: string): string | null {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(card)?.[1] ?? '';
  const field = (name: string) => new RegExp(`^${name}: *["']?([^"'\\r\\n#]+)`, 'm').exec(front)?.[1].trim();
  const licence = field('license');
  return (licence === 'other' ? field('license_name') : licence)?.slice(0, 60) ?? null;
}

/** The files of the wanted names that a folder has; those that are unknown are left out. */
export async function filesThere(
  folder: string,
  names: readonly string[],
  asking: Asking = {}
): Promise<string[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const response = await ask(folder + name, asking, { headers: { Range: 'bytes=0-0' } });
      response?.body?.cancel().catch(() => {});
      return response?.ok ? [name] : [];
    })
  );
  return found.flat();
}

/** The first letters of a text file; null where it cannot be had. */
async function textAt(url: string, letters: number, asking: Asking): Promise<string | null> {
  const response = await ask(url, asking, {});
  if (!response?.ok || !response.body) return null;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    while (text.length < letters) {
      const { value, done } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    return null;
  } finally {
    await reader.cancel().catch(() => {});
  }
  return text.slice(0, letters);
}

/** An answer, or null where none came: these are facts that a download can do without. */
async function ask(
  url: string,
  { signal, fetch: send = fetch }: Asking,
  init: RequestInit
): Promise<Response | null> {
  const patience = AbortSignal.timeout(10_000);
  try {
    return await send(url, {
      ...init,
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, patience]) : patience
    });
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

const lengthOf = (text: string | null): number | null =>
  text !== null && /^\d+$/.test(text) ? Number(text) : null;
