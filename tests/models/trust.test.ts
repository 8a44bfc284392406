/** Nothing is mixed up, nothing stops for ever, nothing wrong is kept: servers and copies at their worst. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reason } from '../../src/lib/words';
import {
  ModelLibrary,
  type LibraryCall,
  type ModelSource,
  type TransferProgress
} from '../../src/lib/engine/models/index.ts';
import { readModelFolder, type ModelFolder } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { HubServer } from './hub-server.ts';
import { MemoryStore } from './memory-store.ts';
import { makeFolder, type FolderFiles } from './tiny-folder.ts';

const WEIGHTS = 'model.safetensors';
const FOLDER = makeFolder({ masks: true });
const OTHER = makeFolder({ masks: true, seed: 2 });
const SIZE = FOLDER[WEIGHTS].length;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const folderOf = (files: FolderFiles) => readModelFolder({ read: async (name) => files[name] });
const text = (content: string) => new TextEncoder().encode(content);

let hub: HubServer;
let store: MemoryStore;
let library: ModelLibrary;

beforeEach(async () => {
  hub = await HubServer.start(FOLDER);
  store = new MemoryStore();
  library = new ModelLibrary(store, { waits: [0, 0, 0], stallMs: 300 });
});
afterEach(async () => {
  await hub.stop();
  expect([...store.opened]).toEqual([]);
});

/** A folder of no hub: nobody says a hash. */
const plain = (name = 'tiny'): ModelSource => ({ name, url: `${hub.base}/${name}/`, files: [], keep: true });
const onHub = (): ModelSource => ({ name: 'tiny', url: hub.url, files: [], keep: true });
const read = (from: ModelSource, call: LibraryCall = {}): Promise<ModelFolder> =>
  library.read(from, call, readModelFolder);
const messageOf = (run: Promise<unknown>) =>
  run.then(
    () => 'it was taken',
    (error: Error) => error.message
  );
const asked = () => hub.asked.map(({ file }) => file);

describe('a model with tokenizer.json alone', () => {
  const { 'vocab.json': vocab, 'merges.txt': _, ...rest } = FOLDER;
  const tokenizer = {
    added_tokens: [{ id: 256, content: '<|endoftext|>', special: true }],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, use_regex: true },
    model: { type: 'BPE', vocab: JSON.parse(new TextDecoder().decode(vocab)), merges: [] }
  };
  const files: FolderFiles = { ...rest, 'tokenizer.json': text(JSON.stringify(tokenizer)) };

  it('opens again from the kept copy, which says what it has: the network is not asked', async () => {
    hub.replace(files);
    await library.download(plain(), {});
    hub.forget();
    expect(await read(plain())).toEqual(await folderOf(files));
    expect(asked()).toEqual([]);
  });

  it('does so after it was chosen from files', async () => {
    const blobs = Object.entries(files).map(([name, bytes]) => ({
      name,
      blob: new Blob([bytes as BlobPart])
    }));
    const chosen: ModelSource = { name: 'mine', url: '', files: [], blobs, keep: true };
    await library.download(chosen, {});
    const { blobs: _blobs, ...later } = chosen;
    expect(await read(later)).toEqual(await folderOf(files));
  });
});

describe('identity is address, revision and hash', () => {
  it('never takes what another address left under the same name', async () => {
    await read({ ...plain(), url: `${hub.base}/one/` });
    hub.replace(OTHER);
    const other = { ...plain(), url: `${hub.base}/two/` };
    expect(await read(other)).toEqual(await folderOf(OTHER));
    expect((await store.list())[0].url).toBe(other.url);
  });

  it('never reads the model of the page itself from a copy, whatever its name is', async () => {
    await read(plain('gpt2-nano'));
    hub.replace(OTHER);
    expect(await read({ ...plain('gpt2-nano'), keep: false })).toEqual(await folderOf(OTHER));
    expect(await store.list()).toHaveLength(1); // and leaves the copy alone
  });

  it('fetches a model of the own host anew where its hash is another one', async () => {
    const known = (files: FolderFiles): ModelSource => ({
      ...plain(),
      files: Object.entries(files).map(([name, bytes]) => ({
        name,
        bytes: bytes.length,
        sha256: sha256(bytes)
      }))
    });
    await read(known(FOLDER));
    hub.replace(OTHER);
    expect(await read(known(OTHER))).toEqual(await folderOf(OTHER));
    hub.forget();
    expect(await read(known(OTHER))).toEqual(await folderOf(OTHER));
    expect(asked()).toEqual([]);
  });

  it('reads the copy of a mirror as the same model', async () => {
    await read(onHub());
    hub.forget();
    const mirrored = { ...onHub(), url: onHub().url.replace(hub.base, 'https://mirror.example/hub') };
    expect(await read(mirrored)).toEqual(await folderOf(FOLDER));
    expect(asked()).toEqual([]);
  });

  it('asks on request whether the model has changed, and fetches what has', async () => {
    await library.download(plain(), {});
    hub.forget();
    await library.download(plain(), {});
    expect(hub.sent.get(WEIGHTS)).toBeLessThanOrEqual(2 ** 16); // the first answer tells that it is the same
    hub.replace({ ...OTHER, 'vocab.json': FOLDER['vocab.json'] });
    await library.download(plain(), {});
    expect(await read(plain())).toEqual(await folderOf(OTHER));
  });

  it('keeps the old copy where the new state of the model is none', async () => {
    await library.download(plain(), {});
    hub.replace({ ...OTHER, 'config.json': text('<!doctype html><p>Please sign in</p>') });
    expect(await messageOf(library.download(plain(), {}))).toContain(
      'config.json must be a file of the model, got a web page.'
    );
    hub.replace({});
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
  });
});

describe('what does not parse is not kept', () => {
  it.each(['config.json', 'vocab.json', 'merges.txt', WEIGHTS])(
    'a page with status 200 in place of %s is asked for again',
    async (name) => {
      hub.replace({ ...FOLDER, [name]: text('<!doctype html><html><p>Sign in</p></html>\n'.repeat(3)) });
      expect(await messageOf(read(plain()))).not.toBe('it was taken');
      expect((await store.list()).filter(({ complete }) => complete)).toEqual([]);
      hub.replace(FOLDER);
      expect(await read(plain())).toEqual(await folderOf(FOLDER));
    }
  );
});

describe('a server that stops or answers oddly', () => {
  it('is asked again where it stays silent, before the answer and within it', async () => {
    hub.behave('config.json', { silent: { ms: 2000, times: 1 } });
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
    await store.remove('tiny');
    hub.behave(WEIGHTS, { holdAt: SIZE - 9 });
    const released = setTimeout(() => hub.behave(WEIGHTS, {}), 350);
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
    clearTimeout(released);
  });

  it('is given up after the last attempt, with a sentence', async () => {
    hub.behave(WEIGHTS, { holdAt: SIZE - 9 });
    expect(await messageOf(read(plain()))).toMatch(
      /^model: model\.safetensors must be reachable, got "no byte for [01] s"\. Check the connection and retry\.$/
    );
  });

  it('says since when it waits', async () => {
    library = new ModelLibrary(store, { waits: [0], stallMs: 2200 });
    hub.behave('config.json', { silent: { ms: 1500, times: 1 } });
    const waits: TransferProgress['wait'][] = [];
    await read(plain(), { onprogress: ({ wait }) => wait && waits.push(wait) });
    expect(waits).toEqual([{ kind: 'silent', seconds: 1 }]);
  });

  it('is waited for as long as it asks, with a countdown', async () => {
    hub.behave('config.json', { status: { code: 429, times: 1 }, headers: { 'Retry-After': '2' } });
    const start = Date.now();
    const waits: TransferProgress['wait'][] = [];
    await read(plain(), { onprogress: ({ wait }) => wait && waits.push(wait) });
    expect(Date.now() - start).toBeGreaterThanOrEqual(1990);
    expect(waits).toEqual([
      { kind: 'retry', seconds: 2 },
      { kind: 'retry', seconds: 1 }
    ]);
  });

  it('is not waited for by the hour', async () => {
    hub.behave('config.json', { status: { code: 503 }, headers: { 'Retry-After': '7200' } });
    expect(await messageOf(read(plain()))).toBe(
      'model: config.json must be reachable, got "status 503". The server asks to wait 7200 s; try again then.'
    );
  });

  it.each([204, 205])('with status %i has no file', async (code) => {
    hub.behave('config.json', { status: { code } });
    expect(await messageOf(read(plain()))).toContain(`config.json must be served, got status ${code}.`);
  });

  it('may compress its JSON, whoever asks: the length of what is packed is not that of the file', async () => {
    for (const name of ['config.json', 'vocab.json', 'merges.txt']) hub.behave(name, { gzip: true });
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
  });
});

describe('a download that is continued', () => {
  /** Weights of a folder that says no hash are cut at two thirds, then served as told. */
  const cutThen = async (rest: Parameters<HubServer['behave']>[1]) => {
    hub.behave(WEIGHTS, { cuts: [Math.floor((SIZE * 2) / 3)], ...rest });
    return read(plain());
  };

  it('starts anew where the server names no version of the file', async () => {
    expect(await cutThen({ etag: false })).toEqual(await folderOf(FOLDER));
    expect(hub.asked.filter(({ file }) => file === WEIGHTS).map(({ range }) => range)).toContain(null);
  });

  it('notices parts of another place, and takes none of them', async () => {
    expect(await messageOf(cutThen({ shift: 40 }))).toContain(
      'must continue the bytes that are here, got others'
    );
    expect((await store.list()).filter(({ complete }) => complete)).toEqual([]);
  });

  it('notices another file at the next visit', async () => {
    library = new ModelLibrary(store, { waits: [] });
    hub.behave(WEIGHTS, { holdAt: SIZE - 9 });
    expect(await messageOf(read(plain(), { signal: AbortSignal.timeout(400) }))).toContain('timeout');
    expect(store.files.get(`tiny/${WEIGHTS}`)!.length).toBeGreaterThan(2 ** 16);
    hub.replace(OTHER);
    hub.behave(WEIGHTS, {});
    expect(await read(plain())).toEqual(await folderOf(OTHER));
  });
});

describe('the SHA-256 that a hub says of its large files', () => {
  it.each(['header', 'facts', 'pointer'] as const)('is read (%s) and checked', async (by) => {
    hub.behave(WEIGHTS, { linked: { by, sha256: sha256(FOLDER[WEIGHTS]) } });
    await library.download(onHub(), {});
    expect(await store.list()).toMatchObject([{ isHashed: true, complete: true }]);
    await store.remove('tiny');
    hub.behave(WEIGHTS, { linked: { by, sha256: sha256(OTHER[WEIGHTS]) } });
    expect(await messageOf(library.download(onHub(), {}))).toContain(
      `must be the file with SHA-256 ${sha256(OTHER[WEIGHTS])}, got ${sha256(FOLDER[WEIGHTS])}`
    );
    expect((await store.list()).filter(({ complete }) => complete)).toEqual([]);
  });

  it('is missing elsewhere, and the copy says so', async () => {
    await library.download(plain(), {});
    expect(await store.list()).toMatchObject([{ isHashed: false }]);
  });
});

describe('what a file may claim', () => {
  /** A checkpoint whose header claims a mask that config.json does not allow. */
  const claiming = (side: number): Uint8Array => {
    const header = JSON.stringify({
      'h.0.attn.bias': { dtype: 'U8', shape: [1, 1, side, side], data_offsets: [0, side * side] }
    });
    const bytes = new Uint8Array(8 + header.length + 70_000);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
    bytes.set(text(header), 8);
    return bytes;
  };

  it('never makes a mask of 60,000 x 60,000 out of 70 kB', async () => {
    hub.replace({ ...FOLDER, [WEIGHTS]: claiming(60_000) });
    const claimed = claiming(60_000).length - 70_000 + 60_000 ** 2;
    const total = `bytes 0-65535/${claimed}`;
    hub.behave(WEIGHTS, { headers: { 'Content-Range': total } });
    const message = await messageOf(read(plain()));
    expect(message).toMatch(/^model: model\.safetensors must be at most \d+ bytes long/);
    const kept = [...store.files.values()].reduce((sum, { length }) => sum + length, 0);
    expect(kept).toBeLessThan(100_000);
  });

  it('limits the small files', async () => {
    hub.replace({ ...FOLDER, 'config.json': new Uint8Array(2 ** 20 + 1).fill(32) });
    expect(await messageOf(read(plain()))).toContain('config.json must be at most 1048576 bytes long');
  });
});

describe('a kept copy', () => {
  it.each(['config.json', 'vocab.json', WEIGHTS])('is compared with its checksum: %s', async (name) => {
    await read(plain());
    const damaged = store.files.get(`tiny/${name}`)!;
    damaged[damaged.length - 5] ^= 1; // a value or a letter: still a file of its kind
    hub.forget();
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
    const inFolder = asked().filter((file) => file in FOLDER); // files that need not be there are tried again
    expect(new Set(inFolder)).toEqual(new Set([name]));
  });

  it('without its address says that it is gone', async () => {
    expect(await messageOf(read({ name: 'mine', url: '', files: [], keep: true }))).toBe(
      'model: config.json must be kept on this device, got none. Choose its files on the Models page again.'
    );
  });

  it('opens where its store refuses to write', async () => {
    await read(plain());
    store.writeRecord = () => Promise.reject(new DOMException('denied', 'SecurityError'));
    expect(await read(plain())).toEqual(await folderOf(FOLDER));
  });

  it.each(['record', 'open', 'writeRecord'] as const)(
    'is done without where the store fails: %s',
    async (call) => {
      const fail = (): Promise<never> =>
        Promise.reject(new DOMException('The store is broken', 'UnknownError'));
      Object.assign(store, { [call]: fail });
      const reasons: Reason[] = [];
      expect(await read(plain(), { onnotkept: (reason) => reasons.push(reason) })).toEqual(
        await folderOf(FOLDER)
      );
      expect(reasons).toEqual([{ code: 'said', detail: 'The store is broken' }]);
    }
  );
});
