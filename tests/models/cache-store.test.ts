import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reason } from '../../src/lib/words';
import { openCacheStore } from '../../src/lib/engine/models/cache-store.ts';
import {
  ModelLibrary,
  type KeptRecord,
  type LibraryCall,
  type ModelSource,
  type ModelStore
} from '../../src/lib/engine/models/index.ts';
import { readModelFolder } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { HubServer } from './hub-server.ts';
import { MemoryCache } from './memory-cache.ts';
import { makeFolder } from './tiny-folder.ts';

const WEIGHTS = 'model.safetensors';
const PART = 10;

let cache: MemoryCache;
let store: ModelStore;

async function openStore(partBytes = PART): Promise<ModelStore> {
  cache = new MemoryCache();
  vi.stubGlobal('caches', cache.storage);
  return (await openCacheStore('https://page.test', partBytes))!;
}

beforeEach(async () => {
  store = await openStore();
});
afterEach(() => vi.unstubAllGlobals());

const bytes = (count: number, from = 0) => Uint8Array.from({ length: count }, (_, i) => (from + i) % 251);
const open = async (create = true) => (await store.open('m', 'f', create))!;
async function whole(): Promise<Uint8Array> {
  const file = await open();
  const into = new Uint8Array(file.size());
  expect(await file.read(into, 0)).toBe(into.length);
  return into;
}

describe('openCacheStore()', () => {
  it('is null where the browser has no caches', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await openCacheStore('https://page.test')).toBeNull();
  });
});

describe('CacheStore.open(model, file, create)', () => {
  it('gives null for a file that is not there, or an empty one', async () => {
    expect(await store.open('m', 'f', false)).toBeNull();
    expect((await open()).size()).toBe(0);
  });

  it('gives back what was written, however it was cut, from any place on', async () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 35 }), { maxLength: 6 });
    const places = fc.record({ cuts, at: fc.nat(120), length: fc.integer({ min: 1, max: 60 }) });
    await fc.assert(
      fc.asyncProperty(places, async ({ cuts, at, length }) => {
        store = await openStore();
        const file = await open();
        for (const count of cuts) await file.write(bytes(count, file.size()), file.size());
        const all = bytes(cuts.reduce((sum, count) => sum + count, 0));
        const into = new Uint8Array(length);
        const wanted = all.subarray(at, at + length);
        expect(await file.read(into, at)).toBe(wanted.length);
        expect(into.subarray(0, wanted.length)).toEqual(wanted);
        await file.close();
        expect(await whole()).toEqual(all);
      })
    );
  });

  it('keeps full parts of a file that was never closed, and goes on from there', async () => {
    await (await open()).write(bytes(27), 0);
    const file = await open();
    expect(file.size()).toBe(20);
    await file.write(bytes(7, 20), 20);
    await file.close();
    expect(await whole()).toEqual(bytes(27));
    expect([...cache.entries.keys()]).toEqual(
      ['0', '1', '2'].map((part) => `https://page.test/kept-models/m/f/${part}`)
    );
  });

  it('goes on in a last part that is not full', async () => {
    const first = await open();
    await first.write(bytes(13), 0);
    await first.close();
    const second = await open();
    expect(second.size()).toBe(13);
    await second.write(bytes(12, 13), 13);
    await second.close();
    expect(await whole()).toEqual(bytes(25));
  });

  it.each([0, 4, 10, 17, 20, 25, 40])('is cut to %i bytes of 25', async (size) => {
    const file = await open();
    await file.write(bytes(25), 0);
    await file.truncate(size);
    await file.close();
    expect(await whole()).toEqual(bytes(Math.min(size, 25)));
  });

  it('refuses to write anywhere but at the end', async () => {
    await expect((await open()).write(bytes(1), 5)).rejects.toThrow(
      'CacheFile.write: at must be 0, the end, got 5. Write in order.'
    );
  });

  it('is short where the browser has dropped a part', async () => {
    const file = await open();
    await file.write(bytes(25), 0);
    cache.entries.delete('https://page.test/kept-models/m/f/1');
    expect(await file.read(new Uint8Array(25), 0)).toBe(10);
  });
});

describe('CacheStore.list(), record(model), remove(model)', () => {
  const record = (complete: boolean): KeptRecord => ({
    version: 1,
    url: 'https://hub.test/',
    files: { [WEIGHTS]: { bytes: 25, etag: null, sha256: null, published: false, xxh64: null, complete } },
    whole: complete,
    commit: null,
    licence: null
  });

  it('tells models apart, with what they take, and deletes one alone', async () => {
    for (const [model, complete] of [
      ['a..b', true],
      ['a', false]
    ] as const) {
      const file = (await store.open(model, WEIGHTS, true))!;
      await file.write(bytes(complete ? 25 : 12), 0);
      await file.close();
      await store.writeRecord(model, record(complete));
    }
    const [half, kept] = await store.list();
    const recordBytes = (complete: boolean) => JSON.stringify(record(complete)).length;
    expect(half).toMatchObject({ name: 'a', complete: false, bytes: 12 + recordBytes(false) });
    expect(kept).toMatchObject({ name: 'a..b', complete: true, bytes: 25 + recordBytes(true) });
    await store.remove('a');
    expect((await store.list()).map(({ name }) => name)).toEqual(['a..b']);
    expect(await store.record('a')).toBeNull();
    expect(await store.record('a..b')).toEqual(record(true));
  });

  it('lists what has no record that can be read, so that it can be deleted', async () => {
    await cache.put('https://page.test/kept-models/m/kept.json', new Response('{'));
    expect(await store.list()).toMatchObject([{ name: 'm', url: '', complete: false }]);
  });
});

describe('ModelLibrary on it', () => {
  const FOLDER = makeFolder({ masks: true });
  let hub: HubServer;
  let library: ModelLibrary;

  beforeEach(async () => {
    hub = await HubServer.start(FOLDER);
    store = await openStore(16_384);
    library = new ModelLibrary(store, { waits: [0, 0, 0] });
  });
  afterEach(() => hub.stop());

  const sha256 = createHash('sha256').update(FOLDER[WEIGHTS]).digest('hex');
  const source = (): ModelSource => ({
    name: 'tiny',
    url: hub.url,
    files: Object.keys(FOLDER).map((name) => (name === WEIGHTS ? { name, sha256 } : { name })),
    keep: true
  });
  const read = (call: LibraryCall = {}, from = source()) => library.read(from, call, readModelFolder);

  it('keeps a model, and reads it without its server', async () => {
    const expected = await readModelFolder({ read: async (name) => FOLDER[name] });
    const from = source();
    expect(await read({}, from)).toEqual(expected);
    expect(await store.list()).toMatchObject([{ name: 'tiny', complete: true }]);
    await hub.stop();
    expect(await read({}, from)).toEqual(expected);
    hub = await HubServer.start(FOLDER);
  });

  it('takes a download up where it was cancelled', async () => {
    hub.behave(WEIGHTS, { pause: 30, chunkBytes: 16_000, range: false });
    const stop = new AbortController();
    const cancelled = read({
      signal: stop.signal,
      onprogress: ({ file, bytes }) => file === WEIGHTS && bytes > 80_000 && stop.abort()
    });
    expect(await cancelled.catch((error: Error) => error.name)).toBe('AbortError');
    const kept = (await store.open('tiny', WEIGHTS, false))!.size();
    expect(kept).toBeGreaterThan(50_000);
    hub.behave(WEIGHTS, {});
    hub.forget();
    await read();
    expect(hub.sent.get(WEIGHTS)!).toBeLessThanOrEqual(FOLDER[WEIGHTS].length - kept + 2 ** 16);
    expect(await store.list()).toMatchObject([{ complete: true }]);
  });

  it.each([60_000, FOLDER[WEIGHTS].length + 2000])(
    'runs from memory where only %i bytes fit, says so, and leaves nothing half kept',
    async (room) => {
      cache.room = room;
      const reasons: Reason[] = [];
      await read({ onnotkept: (reason) => reasons.push(reason) });
      expect(reasons).toEqual([{ code: 'storageFull' }]);
      expect(await store.list()).toEqual([]);
      expect(cache.entries.size).toBe(0);
    }
  );
});
