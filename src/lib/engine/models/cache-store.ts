/**
 * Models kept in the Cache API, for browsers without a private file system: a file is a row of parts, each an entry of
 * its own, so that a download that stopped is taken up at the last of them.
 */
import {
  describeKept,
  parseRecord,
  RECORD_FILE,
  type KeptFile,
  type KeptModel,
  type KeptRecord,
  type ModelStore
} from './store.ts';

const CACHE = 'gpt2-lens-models';
/** Entries are named by addresses; nobody asks a server for these. */
const FOLDER = '/kept-models/';
const PART_BYTES = 2 ** 23; // 8 MiB: one of them is in memory while a file is read or written
const LENGTH = 'Content-Length';

/**
 * The store of this browser, or null where it has none: a page that did not come by https, for example.
 *
 * @param origin of the page
 */
export async function openCacheStore(origin: string, partBytes = PART_BYTES): Promise<ModelStore | null> {
  try {
    return new CacheStore(await caches.open(CACHE), origin + FOLDER, partBytes);
  } catch {
    return null;
  }
}

class CacheStore implements ModelStore {
  readonly #cache: Cache;
  /** What the addresses of all entries begin with. */
  readonly #base: string;
  readonly #partBytes: number;

  constructor(cache: Cache, base: string, partBytes: number) {
    this.#cache = cache;
    this.#base = base;
    this.#partBytes = partBytes;
  }

  async list(): Promise<KeptModel[]> {
    const kept: KeptModel[] = [];
    for (const [model, entries] of await this.#entriesByModel()) {
      const record = await this.record(model);
      const sizes = await Promise.all(entries.map((entry) => storedBytes(this.#cache, entry)));
      kept.push(describeKept(model, record, sizes));
    }
    return kept.sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async record(model: string): Promise<KeptRecord | null> {
    const response = await this.#cache.match(this.#address(model, RECORD_FILE));
    return response ? parseRecord(await response.text()) : null;
  }

  async writeRecord(model: string, record: KeptRecord): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(record));
    await this.#cache.put(this.#address(model, RECORD_FILE), entryOf([bytes]));
  }

  async open(model: string, file: string, create: boolean): Promise<KeptFile | null> {
    const opened = await CacheFile.open(this.#cache, `${this.#address(model, file)}/`, this.#partBytes);
    return opened.size() > 0 || create ? opened : null;
  }

  async remove(model: string): Promise<void> {
    const entries = (await this.#entriesByModel()).get(model) ?? [];
    await Promise.all(entries.map((entry) => this.#cache.delete(entry)));
  }

  async #entriesByModel(): Promise<Map<string, string[]>> {
    const byModel = new Map<string, string[]>();
    for (const { url } of await this.#cache.keys()) {
      const model = decodeURIComponent(url.slice(this.#base.length).split('/')[0]);
      byModel.set(model, [...(byModel.get(model) ?? []), url]);
    }
    return byModel;
  }

  #address(model: string, file: string): string {
    return `${this.#base}${encodeURIComponent(model)}/${encodeURIComponent(file)}`;
  }
}

/** A file that grows at its end. Memory: one part. */
class CacheFile implements KeptFile {
  readonly #cache: Cache;
  readonly #path: string;
  readonly #partBytes: number;
  /** Parts that are full, and stored. */
  #full = 0;
  /** What follows them, in pieces; stored when it is full, or when the file is closed. */
  #tail: Uint8Array<ArrayBuffer>[] = [];
  #tailBytes = 0;
  #isTailStored = true;
  /** The part that was read last. */
  #read: { readonly part: number; readonly bytes: Uint8Array } | null = null;

  private constructor(cache: Cache, path: string, partBytes: number) {
    this.#cache = cache;
    this.#path = path;
    this.#partBytes = partBytes;
  }

  static async open(cache: Cache, path: string, partBytes: number): Promise<CacheFile> {
    const file = new CacheFile(cache, path, partBytes);
    while ((await storedBytes(cache, path + file.#full)) === partBytes) file.#full++;
    file.#append(await file.#stored(file.#full));
    return file;
  }

  size(): number {
    return this.#full * this.#partBytes + this.#tailBytes;
  }

  async read(into: Uint8Array, at: number): Promise<number> {
    let count = 0;
    while (count < into.length && at + count < this.size()) {
      const part = Math.floor((at + count) / this.#partBytes);
      const start = at + count - part * this.#partBytes;
      const found = (await this.#part(part)).subarray(start, start + into.length - count);
      if (found.length === 0) break; // the browser has dropped it: the reader notices that the file is short
      into.set(found, count);
      count += found.length;
    }
    return count;
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    if (at !== this.size()) {
      throw new RangeError(`CacheFile.write: at must be ${this.size()}, the end, got ${at}. Write in order.`);
    }
    for (let done = 0; done < bytes.length;) {
      const piece = bytes.slice(done, done + this.#partBytes - this.#tailBytes);
      this.#append(piece);
      this.#isTailStored = false;
      done += piece.length;
      if (this.#tailBytes === this.#partBytes) await this.#startNextPart();
    }
  }

  async truncate(size: number): Promise<void> {
    if (size >= this.size()) return;
    const full = Math.floor(size / this.#partBytes);
    const front = (await this.#part(full)).slice(0, size - full * this.#partBytes);
    for (let part = full; part <= this.#full; part++) await this.#cache.delete(this.#path + part);
    this.#full = full;
    this.#clearTail();
    this.#append(front);
    this.#isTailStored = front.length === 0;
  }

  async close(): Promise<void> {
    if (!this.#isTailStored) await this.#storeTail();
  }

  async #startNextPart(): Promise<void> {
    await this.#storeTail();
    this.#full++;
    this.#clearTail();
  }

  async #storeTail(): Promise<void> {
    await this.#cache.put(this.#path + this.#full, entryOf(this.#tail));
    this.#isTailStored = true;
  }

  #append(piece: Uint8Array<ArrayBuffer>): void {
    this.#tail.push(piece);
    this.#tailBytes += piece.length;
    this.#read = null;
  }

  #clearTail(): void {
    this.#tail = [];
    this.#tailBytes = 0;
    this.#read = null;
  }

  async #part(part: number): Promise<Uint8Array> {
    if (this.#read?.part !== part) {
      const bytes = part < this.#full ? await this.#stored(part) : await bytesOf(new Blob(this.#tail));
      this.#read = { part, bytes };
    }
    return this.#read.bytes;
  }

  async #stored(part: number): Promise<Uint8Array<ArrayBuffer>> {
    const response = await this.#cache.match(this.#path + part);
    return response ? bytesOf(await response.blob()) : new Uint8Array(0);
  }
}

const bytesOf = async (blob: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await blob.arrayBuffer());

/** An entry that tells its length without being read. */
export function entryOf(pieces: Uint8Array<ArrayBuffer>[]): Response {
  const blob = new Blob(pieces);
  return new Response(blob, { headers: { [LENGTH]: String(blob.size) } });
}

/** Length of an entry, bytes; 0 where there is none. */
async function storedBytes(cache: Cache, path: string): Promise<number> {
  return Number((await cache.match(path))?.headers.get(LENGTH) ?? 0);
}
