import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HubServer } from '../../models/hub-server.ts';
import { useHub, WEIGHTS } from '../models/hub.ts';
import { eventually, openModel } from '../models/models-page.ts';
import { linkIn } from '../page.ts';
import type { Profile } from '../models/profile.ts';
import { LessonPage } from './lesson-page.ts';

const FOLDER = 'static/models/gpt2-nano';
/** What the hub serves as gpt2: the embedded model's files, with its vocabulary and 12 blocks. */
const FILES = Object.fromEntries(
  readdirSync(FOLDER).map((name) => [name, new Uint8Array(readFileSync(`${FOLDER}/${name}`))])
);
const SIZE = FILES[WEIGHTS].length;
/** Half of the weights come, and no more however long the reader takes. */
const HELD = { pause: 40, chunkBytes: 400_000, holdAt: Math.floor(SIZE / 2) };
const LESSON = '/lessons/understanding-gpt2/';
const LONG_MS = 180_000;

interface ModelsFile {
  readonly models: readonly { readonly name: string }[];
}

/** The catalogue, in which gpt2 has the size and the hash of what the hub serves. */
function catalogueText(): string {
  const catalogue = JSON.parse(readFileSync('static/models/models.json', 'utf8')) as ModelsFile;
  const sha256 = createHash('sha256').update(FILES[WEIGHTS]).digest('hex');
  const files = [
    ...['config.json', 'merges.txt', 'vocab.json'].map((name) => ({ name })),
    { name: WEIGHTS, bytes: SIZE, sha256 }
  ];
  const models = catalogue.models.map((model) =>
    model.name === 'gpt2' ? { ...model, files, bytes: SIZE } : model
  );
  return JSON.stringify({ ...catalogue, models });
}

const place = useHub(FILES);
let hub: HubServer;
let profile: Profile;

beforeEach(() => {
  ({ hub, profile } = place);
});

/** The hub stands in for the real one, as a mirror that the reader has given. */
async function mirrored(context: BrowserContext): Promise<void> {
  await context.route('**/models/models.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: catalogueText() })
  );
  await context.addInitScript((mirror) => localStorage.setItem('gpt2-lens:mirror', mirror), hub.base);
}

async function openLesson(): Promise<{ lesson: LessonPage; summary: Locator }> {
  await mirrored(await profile.context());
  const page = await profile.open(LESSON);
  const lesson = new LessonPage(page, []);
  await lesson.ran('vocab_size');
  return { lesson, summary: page.getByRole('region', { name: 'How the values compare' }) };
}

const button = (place: Locator, name: string) => place.getByRole('button', { name, exact: true });

describe('the model that the source ran', () => {
  it(
    'is fetched where the lesson says so, with progress; cancelled, gone on with, and then opened',
    { timeout: LONG_MS },
    async () => {
      hub.behave(WEIGHTS, HELD);
      const { lesson, summary } = await openLesson();
      await button(summary, 'Load gpt2').click();
      await eventually(() => summary.innerText()).toMatch(/Fetching gpt2: .* MB of .* MB \([45]\d %\)/);
      await button(summary, 'Cancel').click();
      const goOn = button(summary, 'Continue loading gpt2');
      await goOn.waitFor();
      expect(await openModel(lesson.page)).toBe('gpt2-nano');

      hub.behave(WEIGHTS, {});
      hub.forget();
      await goOn.click();
      await eventually(() => openModel(lesson.page)).toBe('gpt2');
      expect(hub.sent.get(WEIGHTS)!).toBeLessThan(SIZE * 0.9);
      await eventually(async () => linkIn(lesson.page).get('model')).toBe('gpt2');
      // the cells run with it; it is no GPT-2 small, so nothing is known of its numbers, and it is said
      await lesson.ran('argmax');
      await eventually(() => lesson.cell('argmax').innerText()).toContain('No reference values are known');
      expect(await lesson.page.locator('.cell.failed').count()).toBe(0);
    }
  );

  it(
    'is offered beside what the source printed, and opened at once where it is kept',
    { timeout: LONG_MS },
    async () => {
      const { lesson } = await openLesson();
      const cell = lesson.cell('vocab_size');
      await cell.getByText('Source', { exact: true }).click();
      await button(cell, 'Load gpt2').click();
      await eventually(() => openModel(lesson.page)).toBe('gpt2');
      await lesson.page.close();

      hub.forget();
      const again = new LessonPage(await profile.open(LESSON), []);
      await again.ran('vocab_size');
      await button(again.page.getByRole('region', { name: 'How the values compare' }), 'Open gpt2').click();
      await eventually(() => openModel(again.page)).toBe('gpt2');
      expect(hub.asked).toEqual([]);
    }
  );

  it('that cannot be had is told in plain words, and the lesson goes on', { timeout: LONG_MS }, async () => {
    hub.behave(WEIGHTS, { status: { code: 404 } });
    const { lesson, summary } = await openLesson();
    await button(summary, 'Load gpt2').click();
    await eventually(() => summary.getByRole('alert').innerText()).toMatch(
      /^gpt2 could not be loaded \(.*404.*\) Check the connection and press the button again/
    );
    expect(await openModel(lesson.page)).toBe('gpt2-nano');
    hub.behave(WEIGHTS, {});
    await summary.getByRole('button', { name: /oad.* gpt2$/ }).click();
    await eventually(() => openModel(lesson.page)).toBe('gpt2');
  });
});
