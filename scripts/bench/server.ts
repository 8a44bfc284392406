import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sirv from 'sirv';
import { isolationHeaders } from '../isolation-headers.mjs';
import { staticServer } from '../static-server.mjs';
import { CACHE, NANO, ORT_DIST, SITE, SMALL } from './places.ts';

/** Address of each folder on the bench's server. */
export const MOUNTS = { small: '/small/', nano: '/nano/', ort: '/ort/' };

/** Serves the bench's page, the model folders and onnxruntime-web's files on a free port, cross-origin isolated. */
export async function serveBench(): Promise<{ server: Server; origin: string }> {
  const folders: [prefix: string, folder: string][] = [
    [MOUNTS.small, join(CACHE, SMALL)],
    [MOUNTS.nano, NANO],
    [MOUNTS.ort, ORT_DIST],
    ['/', join(CACHE, SITE)]
  ];
  const setHeaders = (response: { setHeader(name: string, value: string): void }) => {
    for (const [name, value] of Object.entries(isolationHeaders)) response.setHeader(name, value);
  };
  const handlers = folders.map(
    ([prefix, folder]) => [prefix, sirv(folder, { etag: true, setHeaders })] as const
  );
  const server = createServer((request, response) => {
    const [prefix, serveFile] = handlers.find(([prefix]) => request.url!.startsWith(prefix))!;
    request.url = request.url!.slice(prefix.length - 1);
    serveFile(request, response, () => {
      response.writeHead(404, isolationHeaders);
      response.end('Not found');
    });
  });
  return { server, origin: await listen(server) };
}

/** Serves a built explorer on a free port. */
export async function serveFolder(folder: string): Promise<{ server: Server; origin: string }> {
  const server = staticServer(folder);
  return { server, origin: await listen(server) };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
