/**
 * The files that belong to the page itself, until its service worker has them. The cache of a private window holds no large
 * file, and some hosts forbid keeping any: what was fetched for the first picture stands here, checked by its SHA-256, and
 * the next page and the service worker take it from here instead of asking the host again.
 */
import type { ByteSource } from '../../gpt2/index.ts';
import { entryOf } from './cache-store.ts';

export const ARRIVED_CACHE = 'gpt2-lens-arrived';
/** Held while such files are fetched: another tab that needs them waits for it. */
export const ARRIVING_LOCK = 'gpt2-lens:arriving';
/** A file is held in memory until all of it is here. */
const MOST_BYTES = 2 ** 27;

export class Arrivals {
  /** Files that stand here already, by their key. */
  readonly #found = new Set<string>();
  #puts: Promise<void>[] = [];

  /** The file, if it was fetched before; null where it was not, or where the browser keeps nothing. */
  async find(url: string, sha256: string): Promise<Blob | null> {
    const key = keyOf(url, sha256);
    try {
      const response = await (await caches.open(ARRIVED_CACHE)).match(key);
      if (!response) return null;
      this.#found.add(key);
      return await response.blob();
    } catch {
      return null; // storage is denied
    }
  }

  /**
   * The same bytes; once the source has ended, and so has proven to be right, they stand here.
   *
   * Memory: a copy of the file until it is stored.
   */
  passing(source: ByteSource, url: string, sha256: string): ByteSource {
    const key = keyOf(url, sha256);
    if (this.#found.has(key) || (source.length ?? 0) > MOST_BYTES) return source;
    const put = (pieces: Uint8Array<ArrayBuffer>[]) => void this.#puts.push(putEntry(url, key, pieces));
    return {
      length: source.length,
      async *stream() {
        const pieces: Uint8Array<ArrayBuffer>[] = [];
        for await (const chunk of source.stream()) {
          pieces.push(chunk.slice());
          yield chunk;
        }
        put(pieces);
      }
    };
  }

  /** Waits until everything that has passed stands here. */
  async settled(): Promise<void> {
    await Promise.all(this.#puts.splice(0));
  }
}

const keyOf = (url: string, sha256: string): string => `${url}?sha256=${sha256}`;

async function putEntry(url: string, key: string, pieces: Uint8Array<ArrayBuffer>[]): Promise<void> {
  try {
    const cache = await caches.open(ARRIVED_CACHE);
    await cache.delete(url, { ignoreSearch: true }); // of an earlier version
    await cache.put(key, entryOf(pieces));
  } catch {
    // No room, or denied: the next page asks the host again.
  }
}
