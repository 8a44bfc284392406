/** A server of the built explorer that offers GPT-2 small's shape with seeded weights beside its own models. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isolationHeaders } from '../site-headers.mjs';
import { staticServer } from '../static-server.mjs';
import { BUILT_EXPLORER, CACHE, NANO, SMALL } from './places.ts';
import { ensureSeededCheckpoint, GPT2_SMALL } from './seeded-checkpoint.ts';

/** The built explorer with one model more in its catalogue, which is made if it is not there. */
export function serveWithSmall(): Promise<{ origin: string; close: () => void }> {
  ensureSeededCheckpoint(join(CACHE, SMALL), GPT2_SMALL, NANO);
  const built = staticServer([
    { prefix: `/models/${SMALL}/`, folder: join(CACHE, SMALL) },
    { prefix: '/', folder: BUILT_EXPLORER }
  ]);
  const catalogue = JSON.parse(readFileSync(join(BUILT_EXPLORER, 'models/models.json'), 'utf8'));
  const { n_layer, n_head, n_embd, n_ctx } = GPT2_SMALL;
  const shape = { n_layer, n_head, n_embd, n_ctx };
  const entry = { ...catalogue.models[0], ...shape, name: SMALL, folder: SMALL, files: [] };
  catalogue.models = [...catalogue.models, entry];
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (url.startsWith('/models/models.json')) {
      response.writeHead(200, { 'Content-Type': 'application/json', ...isolationHeaders });
      return response.end(JSON.stringify(catalogue));
    }
    return built.emit('request', request, response);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({ origin: `http://127.0.0.1:${port}`, close: () => server.close() });
    });
  });
}
