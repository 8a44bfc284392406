import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reason } from '../../src/lib/words';
import { ModelLibrary, type LibraryCall, type ModelSource } from '../../src/lib/engine/models/index.ts';
import { readModelFolder, type ModelFolder } from '../../src/lib/gpt2/checkpoint/model-files.ts';
import { makeSafetensors } from '../gpt2/make-safetensors.ts';
import { HubServer } from './hub-server.ts';
import { MemoryStore } from './memory-store.ts';
import { folderTensors, makeFolder } from './tiny-folder.ts';

const WEIGHTS = 'model.safetensors';
const FOLDER = makeFolder({ masks: true });
const SIZE = FOLDER[WEIGHTS].length;
const MASK_BYTES = 160 * 160 * 4; // of one of the two masks
/** By hand: the length and the header, wte [257, 8], wpe [160, 8], ln_1.weight and ln_1.bias [8], in float32. */
const HEADER_BYTES = Number(new DataView(FOLDER[WEIGHTS].buffer).getBigUint64(0, true));
const MASKS_BEGIN = 8 + HEADER_BYTES + 4 * (257 * 8 + 160 * 8 + 8 + 8);
const FAST = { waits: [0, 0, 0] };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

let hub: HubServer;
let store: MemoryStore;
let library: ModelLibrary;

beforeEach(async () => {
  hub = await HubServer.start(FOLDER);
  store = new MemoryStore();
  library = new ModelLibrary(store, FAST);
});

afterEach(async () => {
  await hub.stop();
  expect([...store.opened]).toEqual([]); // every handle is given back, whatever happened
});

const source = (known: boolean, folder = FOLDER): ModelSource => ({
  name: 'tiny',
  url: hub.url,
  files: Object.entries(folder).map(([name, bytes]) =>
    known ? { name, bytes: bytes.length, sha256: sha256(bytes) } : { name }
  ),
  keep: true
});

const read = (from: ModelSource, call: LibraryCall = {}): Promise<ModelFolder> =>
  library.read(from, call, readModelFolder);
const expected = await readModelFolder({ read: async (name) => FOLDER[name] });
const messageOf = (run: Promise<unknown>) =>
  run.then(
    () => 'it was taken',
    (error: Error) => error.message
  );
/** The weights are kept, byte for byte. */
const expectKept = (bytes: Uint8Array) =>
  expect(Buffer.compare(store.files.get(`tiny/${WEIGHTS}`)!, bytes)).toBe(0);
const askedFor = (file: string) => hub.asked.filter((asked) => asked.file === file).map(({ range }) => range);

describe('ModelLibrary.read(source, call, use)', () => {
  it('gives the folder, fetches no mask, and keeps the file byte for byte', async () => {
    expect(await read(source(true))).toEqual(expected);
    // 65,536 bytes in the first answer, in which the first mask begins; then what lies behind each mask.
    expect(hub.sent.get(WEIGHTS)).toBe(2 ** 16 + SIZE - MASKS_BEGIN - 2 * MASK_BYTES);
    expectKept(FOLDER[WEIGHTS]);
    expect(await store.list()).toMatchObject([{ name: 'tiny', complete: true, url: hub.url }]);
  });

  it('reads the kept copy without the server, and says so', async () => {
    const from = source(false);
    await read(from);
    await hub.stop();
    const seen: string[] = [];
    expect(await read(from, { onprogress: ({ from }) => seen.push(from) })).toEqual(expected);
    expect(new Set(seen)).toEqual(new Set(['kept copy']));
    hub = await HubServer.start(FOLDER);
  });

  it('follows redirects', async () => {
    for (const name of Object.keys(FOLDER)) hub.behave(name, { redirect: true });
    expect(await read(source(true))).toEqual(expected);
  });

  it.each([
    ['no Range', { range: false }],
    ['neither Range nor a length', { range: false, length: false }],
    ['no ETag', { etag: false }],
    ['small chunks', { chunkBytes: 999 }]
  ])('takes a server with %s', async (_, behaviour) => {
    hub.behave(WEIGHTS, behaviour);
    expect(await read(source(false))).toEqual(expected);
    expectKept(FOLDER[WEIGHTS]);
  });

  it('goes on by itself where the connection breaks, at every border of a tensor and in the middle', async () => {
    const plain = makeFolder();
    hub.replace(plain);
    const header = Number(new DataView(plain[WEIGHTS].buffer).getBigUint64(0, true));
    const borders: number[] = [];
    let at = 8 + header;
    for (const { bytes } of folderTensors().values()) {
      borders.push(at, at + Math.floor(bytes.length / 2) + 1);
      at += bytes.length;
    }
    hub.behave(WEIGHTS, { cuts: [3, 8, ...borders] });
    const folder = await library.read(source(true, plain), {}, readModelFolder);
    expect(folder).toEqual(await readModelFolder({ read: async (name) => plain[name] }));
    expect(askedFor(WEIGHTS)).toHaveLength(1 + 2 + borders.length);
    expect(hub.sent.get(WEIGHTS)).toBe(plain[WEIGHTS].length); // not a byte twice
  });

  it('stops where it is cancelled, and later takes up there', async () => {
    hub.behave(WEIGHTS, { pause: 60, chunkBytes: 16_000, range: false });
    let tries = 0;
    const stop = new AbortController();
    const cancelled = read(source(false), {
      signal: stop.signal,
      onprogress: ({ file, bytes }) => {
        if (file === WEIGHTS && bytes > 80_000 && tries++ === 0) stop.abort();
      }
    });
    expect(await cancelled.catch((error: Error) => error.name)).toBe('AbortError');
    const kept = store.files.get(`tiny/${WEIGHTS}`)!.length;
    expect(kept).toBeGreaterThan(50_000);
    expect(kept).toBeLessThan(SIZE);
    expect(await store.list()).toMatchObject([{ complete: false, totalBytes: expect.any(Number) }]);
    hub.forget();
    hub.behave(WEIGHTS, {});
    expect(await read(source(false))).toEqual(expected);
    const sent = hub.sent.get(WEIGHTS)!;
    expect(sent).toBeLessThanOrEqual(SIZE - kept + 2 ** 16); // the first answer tells what file it is
    expectKept(FOLDER[WEIGHTS]);
  });

  it('starts anew where the file was replaced since', async () => {
    hub.behave(WEIGHTS, { pause: 60, chunkBytes: 16_000 });
    const stop = new AbortController();
    const call = {
      signal: stop.signal,
      onprogress: ({ file }: { file: string }) => file === WEIGHTS && stop.abort()
    };
    await read(source(false), call).catch(() => {});
    const other = makeFolder({ masks: true, seed: 2 });
    hub.replace(other);
    expect(await read(source(false, other))).toEqual(
      await readModelFolder({ read: async (name) => other[name] })
    );
    expectKept(other[WEIGHTS]);
  });

  describe('of a model that is not kept', () => {
    const shipped = (folder = FOLDER): ModelSource => ({ ...source(true, folder), keep: false });

    it('asks for all files before it reads the first, each once, and keeps none', async () => {
      hub.behave('config.json', { pause: 100, chunkBytes: 10 });
      let asked: string[] = [];
      const expectAll = library.read(shipped(), {}, async (files) => {
        await files.read('config.json');
        asked = hub.asked.map(({ file }) => file);
        return readModelFolder(files);
      });
      expect(await expectAll).toEqual(expected);
      expect(asked.sort()).toEqual(['config.json', 'merges.txt', 'model.safetensors', 'vocab.json']);
      expect(askedFor(WEIGHTS)).toEqual([null]);
      expect(await store.list()).toEqual([]);
    });

    it('finds wrong bytes by hash, and fetches again', async () => {
      hub.behave(WEIGHTS, { wrongByte: { at: SIZE - 3, times: 1 } });
      expect(await read(shipped())).toEqual(expected);
      expect(askedFor(WEIGHTS)).toEqual([null, null]);
    });

    it('names a file that is refused, and gives up the others', async () => {
      hub.behave('config.json', { status: { code: 404 } });
      expect(await messageOf(read(shipped()))).toContain('config.json must be served, got status 404');
    });
  });

  it('fetches again, once, where a byte is wrong: found by hash', async () => {
    hub.behave(WEIGHTS, { wrongByte: { at: SIZE - 3, times: 3 } }); // the three answers of the first attempt
    expect(await read(source(true))).toEqual(expected);
    expectKept(FOLDER[WEIGHTS]);
  });

  it('names the hash where the bytes are wrong twice, and keeps nothing', async () => {
    hub.behave(WEIGHTS, { wrongByte: { at: SIZE - 3 } });
    const wrong = FOLDER[WEIGHTS].slice();
    wrong[SIZE - 3] ^= 1;
    expect(await messageOf(read(source(true)))).toBe(
      `model: model.safetensors must be the file with SHA-256 ${sha256(FOLDER[WEIGHTS])}, got ${sha256(wrong)}. ` +
        'The bytes are not those that were published; try again later or choose another mirror.'
    );
    expect(store.files.get(`tiny/${WEIGHTS}`)?.length ?? 0).toBe(0);
  });

  it('notices a mask that is not the causal one by the hash, and fetches the file whole', async () => {
    const odd = folderTensors({ masks: true });
    odd.get('h.0.attn.bias')!.bytes[4 * 7] = 9; // row 0, column 7
    const folder = { ...FOLDER, [WEIGHTS]: makeSafetensors(odd) };
    hub.replace(folder);
    expect(await read(source(true, folder))).toEqual(expected);
    expectKept(folder[WEIGHTS]);
  });

  it('names a length that is not the published one', async () => {
    const files = source(true).files.map((file) => ({ ...file, sha256: undefined, bytes: file.bytes! + 1 }));
    expect(await messageOf(read({ ...source(true), files }))).toMatch(
      /^model: config\.json must be \d+ bytes long, got \d+ bytes\./
    );
  });

  it.each([
    [404, 'Check the name of the model, or its folder.'],
    [403, 'The server refuses it; a model behind a sign-in must be downloaded by hand.'],
    [410, 'Try again; if it stays so, choose another mirror.']
  ])('tells status %i with what to do', async (code, advice) => {
    hub.behave(WEIGHTS, { status: { code } });
    expect(await messageOf(read(source(false)))).toBe(
      `model: model.safetensors must be served, got status ${code}. ${advice}`
    );
    expect(askedFor(WEIGHTS)).toHaveLength(1);
  });

  it('asks again after an answer that passes', async () => {
    hub.behave(WEIGHTS, { status: { code: 503, times: 2 } });
    hub.behave('vocab.json', { status: { code: 429, times: 1 } });
    expect(await read(source(false))).toEqual(expected);
  });

  it('tells a server that is not there, and does not call the file missing', async () => {
    const from = source(false);
    await hub.stop();
    expect(await messageOf(read(from))).toMatch(
      /^model: config\.json must be reachable, got ".+"\. Check the connection and retry\.$/
    );
    hub = await HubServer.start(FOLDER);
    hub.behave('vocab.json', { status: { code: 500 } });
    expect(await messageOf(read(source(false)))).toContain('vocab.json must be reachable, got "status 500"');
  });

  it('runs from memory where there is no room, says so, and leaves nothing half kept', async () => {
    store.room = 60_000;
    const reasons: Reason[] = [];
    expect(await read(source(true), { onnotkept: (reason) => reasons.push(reason) })).toEqual(expected);
    expect(reasons).toEqual([{ code: 'storageFull' }]);
    expect(await store.list()).toEqual([]);
    expect([...store.files.keys()]).toEqual([]);
  });

  it('runs from memory where there is no store', async () => {
    const reasons: Reason[] = [];
    library = new ModelLibrary(null, FAST);
    expect(await read(source(true), { onnotkept: (reason) => reasons.push(reason) })).toEqual(expected);
    expect(reasons).toEqual([{ code: 'noStorage' }]);
  });

  it('fetches anew where the kept copy was cut, damaged or evicted', async () => {
    const from = source(true);
    await read(from);
    const key = `tiny/${WEIGHTS}`;
    for (const spoil of [
      () => store.files.set(key, FOLDER[WEIGHTS].slice(0, 1000)),
      () => store.files.set(key, FOLDER[WEIGHTS].slice().fill(0xff, SIZE - 100)),
      () => store.files.delete(key)
    ]) {
      spoil();
      expect(await read(from)).toEqual(expected);
      expectKept(FOLDER[WEIGHTS]);
    }
  });

  it('reads files that the reader chose, and names one that is missing', async () => {
    const blobs = Object.entries(FOLDER).map(([name, bytes]) => ({
      name,
      blob: new Blob([bytes as Uint8Array<ArrayBuffer>])
    }));
    const chosen = { ...source(false), url: '', blobs };
    expect(await read(chosen)).toEqual(expected);
    expect(hub.asked).toEqual([]);
    await store.remove('tiny');
    expect(await messageOf(read({ ...chosen, blobs: blobs.slice(1) }))).toContain(
      'config.json must be among the chosen files, got none.'
    );
  });

  it('tells bytes, total, speed and time left', async () => {
    hub.behave(WEIGHTS, { pause: 300, chunkBytes: 20_000 });
    const total = Object.values(FOLDER).reduce((sum, { length }) => sum + length, 0);
    const seen: Parameters<NonNullable<LibraryCall['onprogress']>>[0][] = [];
    await read(source(true), { onprogress: (progress) => seen.push(progress) });
    expect(seen.map(({ bytes }) => bytes)).toEqual(seen.map(({ bytes }) => bytes).sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ bytes: total, totalBytes: total, file: WEIGHTS });
    const timed = seen.filter(({ speed }) => speed !== null);
    expect(timed.length).toBeGreaterThan(0);
    for (const { bytes, speed, secondsLeft } of timed) {
      expect(speed).toBeGreaterThan(0);
      expect(secondsLeft).toBeCloseTo((total - bytes) / speed!, 6);
    }
  });
});

describe('ModelLibrary.download(source, call)', () => {
  it('checks and keeps every file, and nothing that was not needed', async () => {
    await library.download(source(true), {});
    expect([...store.files.keys()].sort()).toEqual(
      Object.keys(FOLDER)
        .map((name) => `tiny/${name}`)
        .sort()
    );
    expectKept(FOLDER[WEIGHTS]);
  });

  it('keeps nothing of a checkpoint that is no GPT-2', async () => {
    hub.replace({ ...FOLDER, [WEIGHTS]: makeFolder({ config: { n_layer: 1 } })[WEIGHTS] });
    expect(await messageOf(library.download(source(false), {}))).toContain(
      'h.1.ln_1.weight must be in the file'
    );
    expect([...store.files.keys()]).toEqual([]);
  });
});
