import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Arrivals } from '../../src/lib/engine/models/arrivals.ts';
import { ModelLibrary, type ModelSource } from '../../src/lib/engine/models/index.ts';
import { readModelFolder, type ModelFolder } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { HubServer } from './hub-server.ts';
import { MemoryCache } from './memory-cache.ts';
import { MemoryStore } from './memory-store.ts';
import { makeFolder } from './tiny-folder.ts';

const WEIGHTS = 'model.safetensors';
const FOLDER = makeFolder({ masks: true });
const SIZE = FOLDER[WEIGHTS].length;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const expected = await readModelFolder({ read: async (name) => FOLDER[name] });

describe('ModelLibrary.read of the page’s own model, before its service worker is there', () => {
  const own = (folder = FOLDER): ModelSource => ({
    name: 'tiny',
    url: hub.url,
    files: Object.entries(folder).map(([name, bytes]) => ({
      name,
      bytes: bytes.length,
      sha256: sha256(bytes)
    })),
    keep: false,
    handOver: true
  });
  const addresses = (folder: typeof FOLDER) =>
    Object.entries(folder).map(([name, bytes]) => `${hub.url}${name}?sha256=${sha256(bytes)}`);
  let hub: HubServer;
  let store: MemoryStore;
  let cache: MemoryCache;

  /** As another page does. */
  async function visit(folder = FOLDER): Promise<ModelFolder> {
    const arrivals = new Arrivals();
    const found = await new ModelLibrary(store, { waits: [0, 0, 0] }, arrivals).read(
      own(folder),
      {},
      readModelFolder
    );
    await arrivals.settled();
    return found;
  }

  beforeEach(async () => {
    hub = await HubServer.start(FOLDER);
    store = new MemoryStore();
    cache = new MemoryCache();
    vi.stubGlobal('caches', cache.storage);
  });
  afterEach(async () => {
    vi.unstubAllGlobals();
    await hub.stop();
    expect([...store.opened]).toEqual([]); // every handle is given back
  });

  it('asks for each file once, whatever the next page does', async () => {
    expect(await visit()).toEqual(expected);
    expect([...cache.entries.keys()].sort()).toEqual(addresses(FOLDER).sort());
    hub.asked.length = 0;
    expect(await visit()).toEqual(expected);
    expect(hub.asked).toEqual([]);
  });

  it('takes no file of another version, and leaves none of it', async () => {
    await visit();
    const other = makeFolder({ masks: true, seed: 2 });
    hub.replace(other);
    expect(await visit(other)).toEqual(await readModelFolder({ read: async (name) => other[name] }));
    expect([...cache.entries.keys()].sort()).toEqual(addresses(other).sort());
  });

  it('hands over nothing that is wrong or half, and does without where there is no room', async () => {
    hub.behave(WEIGHTS, { wrongByte: { at: SIZE - 3, times: 1 } });
    await visit();
    const kept = await (await cache.match(addresses(FOLDER).find((key) => key.includes(WEIGHTS))!))!.bytes();
    expect(Buffer.compare(kept, FOLDER[WEIGHTS])).toBe(0);
    cache.entries.clear();
    cache.room = 0;
    expect(await visit()).toEqual(expected);
  });
});
