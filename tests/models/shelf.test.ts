import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Reason } from '../../src/lib/words';
import { ModelShelf } from '../../src/lib/engine/models/shelf.ts';
import { readModelFolder } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { HubServer } from './hub-server.ts';
import { makeFolder } from './tiny-folder.ts';

const FOLDER = makeFolder();
let hub: HubServer;

beforeEach(async () => {
  hub = await HubServer.start(FOLDER);
  vi.stubGlobal('location', { origin: hub.base });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await hub.stop();
});

const source = () => ({ name: 'tiny', url: hub.url, files: [], keep: true });

describe('ModelShelf where the browser has neither storage nor locks, as on an unencrypted page', () => {
  it('reads models from memory, says so, and lists nothing', async () => {
    vi.stubGlobal('navigator', {});
    const shelf = new ModelShelf();
    const reasons: Reason[] = [];
    const folder = await shelf.read(
      source(),
      { onnotkept: (reason) => reasons.push(reason) },
      readModelFolder
    );
    expect(folder.config.n_layer).toBe(2);
    expect(reasons).toEqual([{ code: 'noStorage' }]);
    expect(await shelf.report()).toEqual({ models: [], canKeep: false, usedBytes: null, quotaBytes: null });
    expect(await shelf.remove('tiny')).toBe(true);
  });

  it('does so where all of it is there and refuses', async () => {
    const denied = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    vi.stubGlobal('navigator', { storage: { getDirectory: denied, estimate: denied } });
    vi.stubGlobal('caches', { open: denied });
    const shelf = new ModelShelf();
    expect((await shelf.read(source(), {}, readModelFolder)).config.n_layer).toBe(2);
    expect((await shelf.report()).canKeep).toBe(false);
  });
});
