import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Catalogue } from '../../scripts/catalogue.ts';
import { HubServer } from '../models/hub-server.ts';
import { makeFolder } from '../models/tiny-folder.ts';

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
    expect(hub.asked.some(({ file }) => file === 'tokenizer.json')).toBe(false);
  });

  it('takes up a download where it was stopped', async () => {
    hub.behave(WEIGHTS, { range: false, status: { code: 403 } });
    const stopped = await model('add', hub.url, '--name', 'tiny');
    expect(stopped).toMatchObject({ code: 2, stdout: '' });
    expect(stopped.stderr).toContain('model.safetensors must be served, got status 403.');
    hub.behave(WEIGHTS, {});
    hub.forget();
    expect((await model('add', hub.url, '--name', 'tiny')).code).toBe(0);
    expect(hub.asked.map(({ file }) => file)).not.toContain('vocab.json');
    expect(Buffer.compare(kept('tiny'), FOLDER[WEIGHTS])).toBe(0);
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

  it.each([
    [['add'], 'model: add must be given one model'],
    [['fetch', 'x'], 'model: the command must be add, list or remove, got "fetch"'],
    [['add', 'no such thing'], 'model: what to add must be'],
    [['remove', 'gpt2-nano'], 'model: remove must be given a model that was added'],
    [['remove', '../models'], 'model: remove must be given a model that was added'],
    [['add', 'owner/model', '--name', '..'], 'model: --name must be of letters']
  ])('answers %j with one line', async (args, line) => {
    const { code, stdout, stderr } = await model(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

function catalogueNames(): string[] {
  return existsSync(join(models, 'models.json')) ? catalogue().models.map(({ name }) => name) : [];
}
