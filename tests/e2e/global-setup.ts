import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { staticServer } from '../../scripts/static-server.mjs';
import { watchedServer } from './policy-server.ts';
import { HARNESS_FOLDER } from './harness/vite.config.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the served build, without a slash at the end; '' where build/ is missing. */
    origin: string;
    /** Address of the engine harness, without a slash at the end. */
    harnessOrigin: string;
  }
}

type Server = ReturnType<typeof staticServer>;

/** Builds the engine harness, and serves it and build/ for all browser tests. */
export default async function setup(project: TestProject): Promise<() => void> {
  await build({ configFile: 'tests/e2e/harness/vite.config.ts' });
  const servers: Server[] = [];
  const serve = async (server: Server) => {
    servers.push(server);
    return listen(server);
  };
  project.provide('harnessOrigin', await serve(staticServer(HARNESS_FOLDER)));
  project.provide('origin', existsSync('build/index.html') ? await serve(watchedServer('build')) : '');
  return () => servers.forEach((server) => server.close());
}

/** Starts a server on a free port and gives its address. */
async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
