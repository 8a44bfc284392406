import type { BackendHost } from './backend';
import type { BackendReport } from './protocol';
import { timesMemory } from './times-memory';
import { Helpers } from './wasm-kernels/helpers';
import { ENGINE_KEEPS_NOTHING } from './worker-names';

/** A graphics process that has not answered by then is not one to compute on; in software it takes half a second. */
const GPU_ANSWER_MS = 10_000;

const helpers = new Helpers(
  // written as one expression, or the bundler takes the script for a picture and copies it as it is
  () => new Worker(new URL('./wasm-kernels/helper.worker.ts', import.meta.url), { type: 'module' })
);

/** The engine's worker: its parts are fetched from our own origin, each helping thread has a worker of its own. */
export const engineHost: BackendHost = {
  wasmPaths: async () => (await import('./wasm-paths')).wasmPaths,
  threads: () => Math.max(1, Math.floor(navigator.hardwareConcurrency / 2)),
  helpers,
  webglRenderer,
  times: self.name === ENGINE_KEEPS_NOTHING ? null : timesMemory
};

async function webglRenderer(): Promise<string | null> {
  const worker = new Worker(new URL('./webgl-check.worker.ts', import.meta.url), { type: 'module' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve) => {
      timer = setTimeout(() => resolve(null), GPU_ANSWER_MS);
      worker.onmessage = ({ data }: MessageEvent<string | null>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault(); // then wasm computes, and says why
        resolve(null);
      };
    });
  } finally {
    clearTimeout(timer);
    worker.terminate();
  }
}

/** A report with the threads that compute, once each helping thread of the wasm backend has begun or failed. */
export async function withRunningThreads(report: BackendReport): Promise<BackendReport> {
  if (report.name !== 'wasm') return report;
  const missingThreads = await helpers.missing();
  return { ...report, threads: report.threads - (missingThreads?.threads ?? 0), missingThreads };
}
