import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../scripts/catalogue.ts';
import { FIXTURE, kindFiles } from '../gpt2/checkpoint-kinds.ts';
import { encodeFloats, makeSafetensors } from '../gpt2/make-safetensors.ts';
import { HubServer } from '../models/hub-server.ts';
import { folderTensors, makeFolder, type FolderFiles } from '../models/tiny-folder.ts';

const WEIGHTS = 'model.safetensors';
const FOLDER = makeFolder({ masks: true });
const root = mkdtempSync(join(tmpdir(), 'model-test-'));
const models = join(root, 'models');
let hub: HubServer;

beforeAll(async () => {
  hub = await HubServer.start(FOLDER);
  mkdirSync(models);
});

afterAll(async () => {
  await hub.stop();
  rmSync(root, { recursive: true });
});

beforeEach(() => {
  rmSync(models, { recursive: true });
  mkdirSync(models);
  hub.behave(WEIGHTS, {});
  hub.forget();
});

/** What `npm run model -- <args>` runs. */
function model(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const command = ['scripts/run-ts.mjs', 'scripts/model.ts', ...args, '--models', models];
    execFile(process.execPath, command, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const catalogue = () => JSON.parse(readFileSync(join(models, 'models.json'), 'utf8')) as Catalogue;
const kept = (name: string) => readFileSync(join(models, name, WEIGHTS));

describe('npm run model -- add', () => {
  it('fetches a repository of the hub, checks it, and writes its hashes into the catalogue', async () => {
    const { code, stdout } = await model('add', 'owner/model', '--mirror', hub.base, '--name', 'tiny');
    expect(code).toBe(0);
    expect(Buffer.compare(kept('tiny'), FOLDER[WEIGHTS])).toBe(0);
    const entry = catalogue().models[0];
    expect(entry).toMatchObject({ name: 'tiny', folder: 'tiny', dtype: 'F32', n_layer: 2, n_embd: 8 });
    expect(entry.parameters).toBe(257 * 8 + 160 * 8 + 2 * (12 * 64 + 13 * 8) + 16);
    expect(entry.files.map(({ name }) => name)).toEqual(['config.json', 'merges.txt', WEIGHTS, 'vocab.json']);
    for (const { sha256 } of entry.files) expect(stdout).toContain(sha256);
    expect(existsSync(join(models, 'tiny', 'tokenizer.json'))).toBe(false);
  });

  it('takes up a download where it was stopped, and lists nothing until it is whole', async () => {
    hub.behave(WEIGHTS, { cuts: [100_000], status: { code: 403, after: 1 } });
    const stopped = await model('add', hub.url, '--name', 'tiny');
    expect(stopped).toMatchObject({ code: 2, stdout: '' });
    expect(stopped.stderr).toContain('model.safetensors must be served, got status 403.');
    expect(stopped.stderr).toContain('run the command again to continue.');
    expect(existsSync(join(models, 'tiny'))).toBe(false);
    expect((await model('list')).stdout).toBe('');
    hub.behave(WEIGHTS, {});
    hub.forget();
    expect((await model('add', hub.url, '--name', 'tiny')).code).toBe(0);
    expect(Buffer.compare(kept('tiny'), FOLDER[WEIGHTS])).toBe(0);
    expect(readdirSync(models).sort()).toEqual(['models.json', 'tiny']);
  });

  it('leaves no folder behind where nothing has come', async () => {
    hub.behave('config.json', { status: { code: 401 }, headers: { 'X-Error-Code': 'RepoNotFound' } });
    const { code, stderr } = await model('add', 'owner/modle', '--mirror', hub.base);
    hub.behave('config.json', {});
    expect(code).toBe(2);
    expect(stderr).toContain('Check the spelling of its name first');
    expect(readdirSync(models)).toEqual([]);
  });

  it('names weights that are in another format, with the command that converts them', async () => {
    const { [WEIGHTS]: _, ...rest } = FOLDER;
    hub.replace({ ...rest, 'pytorch_model.bin': new Uint8Array(9) });
    const { code, stderr } = await model('add', 'owner/model', '--mirror', hub.base);
    hub.replace(FOLDER);
    expect(code).toBe(2);
    expect(stderr).toContain('the weights must be in safetensors files, got pytorch_model.bin.');
    expect(stderr).toContain("from_pretrained('owner/model')");
  });

  it('fetches again what has changed where it is published, and only that', async () => {
    await model('add', hub.url, '--name', 'tiny');
    hub.forget();
    expect((await model('add', hub.url, '--name', 'tiny')).code).toBe(0);
    expect(hub.sent.get(WEIGHTS)).toBeLessThanOrEqual(2 ** 16);
    const other = makeFolder({ masks: true, seed: 2 });
    hub.replace(other);
    await model('add', hub.url, '--name', 'tiny');
    hub.replace(FOLDER);
    expect(Buffer.compare(kept('tiny'), other[WEIGHTS])).toBe(0);
  });

  it('never replaces a model by one of another origin', async () => {
    await model('add', hub.url, '--name', 'tiny');
    const { code, stderr } = await model('add', `${hub.base}/elsewhere/`, '--name', 'tiny');
    expect(code).toBe(2);
    expect(stderr).toContain('model: tiny must be a new name, got one that');
  });

  it('copies a folder of this disk, and lists and removes it', async () => {
    const folder = join(root, 'mine');
    mkdirSync(folder);
    for (const [name, bytes] of Object.entries(FOLDER)) writeFileSync(join(folder, name), bytes);
    expect((await model('add', folder)).code).toBe(0);
    expect(statSync(join(models, 'mine', WEIGHTS)).size).toBe(FOLDER[WEIGHTS].length);
    expect((await model('list')).stdout).toMatch(/^mine\t5096 parameters\tF32\t0\.2 MB\tsee its source\n$/);
    expect((await model('remove', 'mine')).stdout).toBe('mine is removed.\n');
    expect(existsSync(join(models, 'mine'))).toBe(false);
    expect(catalogue().models.map(({ name }) => name)).not.toContain('mine');
  });

  it('copies a folder of this disk again where it has changed', async () => {
    const folder = writeFolder('changing', FOLDER);
    await model('add', folder);
    const other = makeFolder({ seed: 3 });
    writeFolder('changing', other);
    expect((await model('add', folder)).code).toBe(0);
    expect(Buffer.compare(kept('changing'), other[WEIGHTS])).toBe(0);
  });

  it('leaves a folder alone that is in the models already', async () => {
    await model('add', writeFolder('twice', FOLDER));
    const before = readFileSync(join(models, 'twice/config.json'));
    const { code, stderr } = await model('add', join(models, 'twice'));
    expect(code).toBe(2);
    expect(stderr).toContain('which is there already');
    expect(readFileSync(join(models, 'twice/config.json'))).toEqual(before);
  });

  it('lists a checkpoint of two dtypes, and the others beside a folder that is none', async () => {
    const tensors = folderTensors();
    const wte = tensors.get('wte.weight')!;
    tensors.set('wte.weight', { ...folderTensors({ dtype: 'F16' }).get('wte.weight')!, shape: wte.shape });
    expect(
      (await model('add', writeFolder('mixed', { ...FOLDER, [WEIGHTS]: makeSafetensors(tensors) }))).code
    ).toBe(0);
    mkdirSync(join(models, 'broken'));
    for (const name of ['config.json', WEIGHTS]) writeFileSync(join(models, 'broken', name), 'no model');
    const { code, stdout, stderr } = await model('list');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'mixed\t5096 parameters\tF16 and F32\t0.0 MB\tsee its source\n'
    });
    expect(stderr).toMatch(/^model: broken is not listed: .+\n$/);
    expect((await model('add', writeFolder('after', FOLDER))).code).toBe(0);
  });

  it.each([
    ['sharded', 'F32'],
    ['sharded-mixed-dtypes', 'BF16 and F16 and F32 and F64']
  ])('lists "%s" as one model with all its files, and converts it', async (kind, dtype) => {
    const shards = kindFiles(FIXTURE.cases[kind]);
    const folder = writeFolder('shards', shards);
    const { code, stdout, stderr } = await model('add', folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining('fetching') });
    expect(stderr).toMatch(/^copying \S+: /m);
    const names = Object.keys(shards).sort();
    const entry = catalogue().models.find(({ name }) => name === 'shards')!;
    expect(entry.files.map(({ name }) => name)).toEqual(names);
    expect(entry).toMatchObject({ dtype, n_layer: 2, n_embd: 8 });
    for (const { sha256 } of entry.files) expect(stdout).toContain(sha256);
    const converted = await model('add', folder, '--dtype', 'F16', '--name', 'half');
    expect(converted.code).toBe(0);
    expect(converted.stdout).toContain(`converted from ${dtype} to F16: `);
    const half = catalogue().models.find(({ name }) => name === 'half')!;
    expect(half.dtype).toBe('F16');
    const kept = names.filter((name) => !name.includes('safetensors'));
    expect(half.files.map(({ name }) => name)).toEqual([...kept, WEIGHTS].sort());
  });

  it('takes the licence from the card', async () => {
    const folder = writeFolder('carded', FOLDER);
    writeFileSync(join(folder, 'README.md'), '---\nlanguage: en\nlicense: apache-2.0\n---\n# A model\n');
    await model('add', folder);
    expect(catalogue().models.find(({ name }) => name === 'carded')?.licence).toBe('apache-2.0');
    hub.replace({ ...FOLDER, 'README.md': new TextEncoder().encode('---\nlicense: mit\n---\n') });
    await model('add', hub.url, '--name', 'tiny');
    hub.replace(FOLDER);
    expect(catalogue().models.find(({ name }) => name === 'tiny')?.licence).toBe('mit');
  });

  it('fetches what arrives wrong once more, where the hash is known: gpt2 itself is refused here', async () => {
    const { code, stderr } = await model('add', 'gpt2', '--mirror', hub.base);
    expect(code).toBe(2);
    expect(stderr.trim().split('\n').at(-1)).toContain(
      'model: model.safetensors must be 548105171 bytes long, got '
    );
  });

  it('refuses a checkpoint that is no GPT-2, with the tensor in the message', async () => {
    const other = makeFolder({ config: { n_layer: 1 } });
    hub.replace({ ...FOLDER, [WEIGHTS]: other[WEIGHTS] });
    const { code, stderr } = await model('add', hub.url, '--name', 'tiny');
    hub.replace(FOLDER);
    expect(code).toBe(2);
    expect(stderr).toContain('readCheckpoint: h.1.ln_1.weight must be in the file, got nothing.');
    expect(catalogueNames()).not.toContain('tiny');
  });

  it('converts a model, and measures what that changes as Hugging Face does', async () => {
    const { nano } = JSON.parse(readFileSync('tests/fixtures/narrow.json', 'utf8')) as {
      nano: { texts: number; positions: number; largest: number; median: number; changed: number };
    };
    const args = ['--dtype', 'BF16', '--name', 'nano-bf16'];
    const { code, stdout } = await model('add', 'static/models/gpt2-nano', ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('converted from F16 to BF16: 30.2 MB to 30.2 MB');
    const { dtype, conversion, files } = catalogue().models.find(({ name }) => name === 'nano-bf16')!;
    expect(dtype).toBe('BF16');
    expect(conversion).toMatchObject({
      from: 'F16',
      to: 'BF16',
      texts: nano.texts,
      positions: nano.positions
    });
    expect(conversion!.largest).toBeCloseTo(nano.largest, 3);
    expect(conversion!.median).toBeCloseTo(nano.median, 5);
    expect(conversion!.changed).toBe(nano.changed);
    const weights = readFileSync(join(models, 'nano-bf16', WEIGHTS));
    const sha256 = createHash('sha256').update(weights).digest('hex');
    expect(files.find(({ name }) => name === WEIGHTS)).toEqual({
      name: WEIGHTS,
      bytes: weights.length,
      sha256
    });
    expect(files.map(({ name }) => name)).not.toContain('conversion.json');
  });

  it('refuses a conversion that would overflow, and adds nothing', async () => {
    const tensors = folderTensors();
    const large = encodeFloats([1, 1, 7e4, 1, 1, 1, 1, 1], 'F32');
    tensors.set('ln_f.weight', { dtype: 'F32', shape: [8], bytes: large });
    const folder = writeFolder('large', { ...FOLDER, [WEIGHTS]: makeSafetensors(tensors) });
    const { code, stderr } = await model('add', folder, '--dtype', 'F16');
    expect(code).toBe(2);
    expect(stderr).toContain(
      'values of ln_f.weight must be at most 65504 to be converted to F16, got 70000.'
    );
    expect(readdirSync(models)).toEqual([]);
  });

  it.each([
    [['add'], 'model: add must be given one model'],
    [['fetch', 'x'], 'model: the command must be add, list or remove, got "fetch"'],
    [['add', 'no such thing'], 'model: what to add must be'],
    [['remove', 'gpt2-nano'], 'model: remove must be given a model that was added'],
    [['remove', '../models'], 'model: remove must be given a model that was added'],
    [['add', 'owner/model', '--name', '..'], 'model: --name must be of letters'],
    [['add', 'owner/model', '--name', 'a.part'], 'model: --name must be of letters'],
    [['add', 'owner/model', '--dtype', 'F8'], 'model: --dtype must be F16 or BF16, got "F8".'],
    [['list', '--dtype', 'F16'], 'model: --dtype must come with add'],
    [['remove', '.'], 'model: remove must be given a model that was added']
  ])('answers %j with one line', async (args, line) => {
    const { code, stdout, stderr } = await model(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function writeFolder(name: string, files: FolderFiles): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, bytes] of Object.entries(files)) writeFileSync(join(folder, file), bytes);
  return folder;
}

function catalogueNames(): string[] {
  return existsSync(join(models, 'models.json')) ? catalogue().models.map(({ name }) => name) : [];
}
