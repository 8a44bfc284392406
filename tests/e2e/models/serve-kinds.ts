/** Small checkpoints of every kind beside the page, as `npm run model -- add` would have put them there. */
import { readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { FIXTURE, kindFiles } from '../../gpt2/checkpoint-kinds.ts';

const CATALOGUE = JSON.parse(readFileSync('static/models/models.json', 'utf8')) as { models: object[] };

function entryOf(name: string): object {
  const size = { n_layer: 2, n_head: 2, n_embd: 8, n_ctx: 32 };
  const facts = { parameters: 1, dtype: 'F32', bytes: 1, licence: 'MIT', summary: '', ...size };
  const files = Object.keys(kindFiles(FIXTURE.cases[name])).map((file) => ({ name: file }));
  return { name, folder: name, files, ...facts };
}

/**
 * Adds kinds to the models of the page's host.
 *
 * @param context without service workers, whose requests cannot be answered here
 */
export async function serveKinds(context: BrowserContext, names: readonly string[]): Promise<void> {
  const body = JSON.stringify({ ...CATALOGUE, models: [...CATALOGUE.models, ...names.map(entryOf)] });
  await context.route('**/models/models.json', (route) => route.fulfill({ body }));
  for (const name of names) {
    const files = kindFiles(FIXTURE.cases[name]);
    await context.route(`**/models/${name}/*`, (route) => {
      const file = new URL(route.request().url()).pathname.split('/').at(-1)!;
      const found = files[file];
      return found ? route.fulfill({ body: Buffer.from(found) }) : route.fulfill({ status: 404 });
    });
  }
}
