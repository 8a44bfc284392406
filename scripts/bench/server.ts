import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { staticServer } from '../static-server.mjs';
import { CACHE, NANO, ORT_DIST, SITE, SMALL, SMALLEST } from './places.ts';

/** Address of each folder on the bench's server. */
export const MOUNTS = { small: '/small/', nano: '/nano/', smallest: '/smallest/', ort: '/ort/' };

/** Serves the bench's page, the model folders and onnxruntime-web's files on a free port, cross-origin isolated. */
export async function serveBench(): Promise<{ server: Server; origin: string }> {
  const server = staticServer([
    { prefix: MOUNTS.small, folder: join(CACHE, SMALL) },
    { prefix: MOUNTS.nano, folder: NANO },
    { prefix: MOUNTS.smallest, folder: join(CACHE, SMALLEST) },
    { prefix: MOUNTS.ort, folder: ORT_DIST },
    { prefix: '/', folder: join(CACHE, SITE) }
  ]);
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
