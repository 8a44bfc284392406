/** More models on the page's host than are there, as `npm run model -- add` would have put them there. */
import { readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';

const CATALOGUE = JSON.parse(readFileSync('static/models/models.json', 'utf8')) as { models: object[] };

export interface ServedModel {
  readonly name: string;
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly n_ctx: number;
}

/** Of every model that is served here. */
const SIZE = { n_layer: 2, n_head: 2, n_embd: 8 };

const entryOf = ({ name, files, n_ctx }: ServedModel): object => ({
  name,
  folder: name,
  files: Object.keys(files).map((file) => ({ name: file })),
  parameters: 1,
  dtype: 'F32',
  bytes: 1,
  licence: 'MIT',
  summary: '',
  ...SIZE,
  n_ctx
});

/**
 * Adds models to those of the page's host.
 *
 * @param context without service workers, whose requests cannot be answered here
 */
export async function serveModels(context: BrowserContext, models: readonly ServedModel[]): Promise<void> {
  const body = JSON.stringify({ ...CATALOGUE, models: [...CATALOGUE.models, ...models.map(entryOf)] });
  await context.route('**/models/models.json', (route) => route.fulfill({ body }));
  for (const { name, files } of models)
    await context.route(`**/models/${name}/*`, (route) => {
      const file = new URL(route.request().url()).pathname.split('/').at(-1)!;
      const found = files[file];
      return found ? route.fulfill({ body: Buffer.from(found) }) : route.fulfill({ status: 404 });
    });
}
