import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { parseAddress } from '../../../src/lib/engine/models/address.ts';
import { FIXTURE, kindFiles } from '../../gpt2/checkpoint-kinds.ts';
import type { HubServer } from '../../models/hub-server.ts';
import { makeFolder } from '../../models/tiny-folder.ts';
import { isChromium } from '../browser.ts';
import { useHub, WEIGHTS } from './hub.ts';
import { eventually, ModelsPage, openModel } from './models-page.ts';
import { Profile } from './profile.ts';

const FOLDER = makeFolder({ masks: true, config: { n_embd: 64, n_inner: 256 } });
const SIZE = FOLDER[WEIGHTS].length;
const SLOW = { pause: 40, chunkBytes: 16_000, range: false };
/** Half of the weights come, and no more however long the reader takes. */
const HELD = { ...SLOW, holdAt: Math.floor(SIZE / 2) };

const place = useHub(FOLDER);
let hub: HubServer;
let profile: Profile;
/** Named by the hub's address. */
let NAME: string;

beforeEach(() => {
  ({ hub, profile } = place);
  NAME = parseAddress(hub.url, 'https://huggingface.co')!.name;
});

const modelsPage = async () => new ModelsPage(await profile.open('/models/'));

describe('a model that was fetched', () => {
  it('is kept, opens in the explorer, and opens again after a restart without its server', async () => {
    const models = await modelsPage();
    await models.fetch(hub.url);
    await models.kept(NAME);
    expect(await models.message()).toBe(
      `${NAME} is kept in this browser. It opens without the internet now.`
    );
    await models.openInExplorer(NAME);
    await eventually(() => openModel(models.page)).toBe(NAME);
    const link = models.page.url();
    await profile.close();

    hub.forget();
    const page = await profile.open(link.slice(inject('origin').length));
    await eventually(() => openModel(page)).toBe(NAME);
    expect(hub.asked).toEqual([]);
  });

  it('in shards of several dtypes is kept whole, and opens again without its server', async () => {
    const shards = kindFiles(FIXTURE.cases['sharded-mixed-dtypes']);
    hub.replace(shards);
    const models = await modelsPage();
    await models.fetch(hub.url);
    await models.kept(NAME);
    hub.replace(FOLDER);
    const weights = Object.keys(shards).filter((file) => file.endsWith('.safetensors'));
    expect(weights).toHaveLength(3);
    expect(hub.asked.map(({ file }) => file)).toEqual(expect.arrayContaining(weights));
    await profile.close();

    hub.forget();
    const page = await profile.open(`/#v=2&model=${NAME}&prompt=Hello`);
    await eventually(() => openModel(page)).toBe(NAME);
    await page.getByRole('region', { name: 'Next token', exact: true }).waitFor();
    expect(hub.asked).toEqual([]);
  });

  it('is deleted on request', async () => {
    const models = await modelsPage();
    await models.fetch(hub.url);
    await models.kept(NAME);
    await models.card(NAME).getByRole('button', { name: 'Delete' }).click();
    await models.card(NAME).getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(() => models.card(NAME).count()).toBe(0);
    expect(await models.message()).toBe(`${NAME} was deleted from this browser.`);
  });
});

describe('a model that was fetched, where there is no private file system', () => {
  const NO_OPFS = `navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));`;

  it('is kept in the Cache API, opens without its server after a restart, and is deleted on request', async () => {
    profile.prelude = NO_OPFS;
    const models = await modelsPage();
    await models.fetch(hub.url);
    await models.kept(NAME);
    expect(
      await models.page.evaluate(async () => (await (await caches.open('gpt2-lens-models')).keys()).length)
    ).toBeGreaterThan(1);
    await profile.close();

    hub.forget();
    const again = await modelsPage();
    await again.kept(NAME);
    await again.openInExplorer(NAME);
    await eventually(() => openModel(again.page)).toBe(NAME);
    expect(hub.asked).toEqual([]);

    const last = await modelsPage();
    await last.card(NAME).getByRole('button', { name: 'Delete' }).click();
    await last.card(NAME).getByRole('button', { name: 'Delete', exact: true }).click();
    await eventually(() => last.card(NAME).count()).toBe(0);
    expect(
      await last.page.evaluate(async () => (await (await caches.open('gpt2-lens-models')).keys()).length)
    ).toBe(0);
  });
});

describe('a download', () => {
  it('can be cancelled, and goes on where it stopped, after the browser was closed', async () => {
    hub.behave(WEIGHTS, HELD);
    const first = await modelsPage();
    await first.fetch(hub.url);
    await eventually(() => first.card(NAME).innerText()).toMatch(/Fetching .* of .* kB \([45]\d %\)/);
    await first.card(NAME).getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => first.state(NAME)).toMatch(/are here already$/);
    await profile.close();

    hub.behave(WEIGHTS, {});
    hub.forget();
    const second = await modelsPage();
    await second.card(NAME).getByRole('button', { name: 'Continue' }).click();
    await second.kept(NAME);
    expect(hub.sent.get(WEIGHTS)!).toBeLessThan(SIZE * 0.8);
    await second.openInExplorer(NAME); // its tensors are whole
  });

  it('goes on after its tab was closed in the middle', async () => {
    hub.behave(WEIGHTS, HELD);
    const first = await modelsPage();
    await first.fetch(hub.url);
    await eventually(() => first.card(NAME).innerText()).toMatch(/Fetching .* of .* kB \([45]\d %\)/);
    await first.page.close();
    hub.behave(WEIGHTS, {});
    hub.forget();
    const second = await modelsPage();
    await eventually(() => second.card(NAME).count()).toBe(1);
    await second.card(NAME).getByRole('button', { name: 'Continue' }).click();
    await second.kept(NAME);
    expect(hub.sent.get(WEIGHTS)!).toBeLessThan(SIZE * 0.8);
  });

  it('is made once where two tabs ask for it', async () => {
    hub.behave(WEIGHTS, SLOW);
    const [one, two] = [await modelsPage(), await modelsPage()];
    await one.fetch(hub.url);
    await eventually(async () => hub.sent.get(WEIGHTS) ?? 0).toBeGreaterThan(0);
    await two.fetch(hub.url);
    await eventually(() => two.card(NAME).innerText()).toContain(`Another tab is loading ${NAME}`);
    await Promise.all([one.kept(NAME), two.kept(NAME)]);
    expect(hub.sent.get(WEIGHTS)).toBe(SIZE);
  });

  it('says on the card what the server answered', async () => {
    hub.behave(WEIGHTS, { status: { code: 404 } });
    const models = await modelsPage();
    await models.fetch(hub.url);
    await eventually(() => models.card(NAME).getByRole('alert').innerText()).toBe(
      'model.safetensors must be served, got status 404. Check the name of the model, or its folder.'
    );
  });

  it.runIf(isChromium)('runs from memory where the disk is full, and says so', async () => {
    const models = await modelsPage();
    const devtools = await models.page.context().newCDPSession(models.page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: inject('origin'), quotaSize: 100_000 });
    await models.fetch(hub.url);
    await eventually(() => models.message()).toBe(
      `${NAME} is not kept for the next visit (no room is left); it runs from memory.`
    );
    expect(await models.state(NAME)).toBe('not kept; read again when opened');
    await models.openInExplorer(NAME);
    await eventually(() => openModel(models.page)).toBe(NAME);
  });
});

describe('files of this computer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  const paths = Object.keys(FOLDER).map((name) => join(folder, name));

  beforeAll(() => {
    for (const [name, bytes] of Object.entries(FOLDER)) writeFileSync(join(folder, name), bytes);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are taken as a model, kept, and opened', async () => {
    const models = await modelsPage();
    await models.page.getByLabel('Files from this computer', { exact: true }).last().setInputFiles(paths);
    await models.kept('my-model');
    await models.openInExplorer('my-model');
    expect(hub.asked).toEqual([]);
  });

  it('that are no model make no row that looks like one, and go off the list', async () => {
    const models = await modelsPage();
    const damaged = join(folder, 'damaged');
    mkdirSync(damaged);
    for (const path of paths) copyFileSync(path, join(damaged, basename(path)));
    writeFileSync(join(damaged, WEIGHTS), 'no weights');
    const input = models.page.getByLabel('Files from this computer', { exact: true }).last();
    await input.setInputFiles(paths.map((path) => join(damaged, basename(path))));
    const card = models.card('my-model');
    await eventually(() => card.getByRole('alert').innerText()).toMatch(
      /^model\.safetensors: header length must/
    );
    expect(await models.state('my-model')).toBe('not taken');
    expect(await card.getByRole('link').count()).toBe(0);
    await card.getByRole('button', { name: 'Take off the list' }).click();
    await eventually(() => card.count()).toBe(0);
  });

  it('are named where one is missing', async () => {
    const models = await modelsPage();
    const input = models.page.getByLabel('Files from this computer', { exact: true }).last();
    await input.setInputFiles(paths.filter((path) => !path.endsWith('config.json')));
    await eventually(() => models.message()).toBe(
      'These files are missing: config.json. Choose them together.'
    );
  });
});
