import * as tf from '@tensorflow/tfjs-core';
import type { Reason } from '../words/reason';
import { BACKENDS, type BackendName, type BackendReport } from './protocol';
import type { KernelKind } from './wasm-kernels';
import type { Helpers } from './wasm-kernels/helpers';
import { checkKernels, type CheckOptions } from './checked-kernels';
import { chooseAmong, TIMED_TOKENS, type TimesMemory } from './faster-backend';
import { CHECK_TOLERANCE, selfCheck } from './self-check';

/** Renderers that draw on the CPU: right, but many times slower than the wasm backend. */
const SOFTWARE_RENDERERS = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Where a backend starts: the engine's worker, or the sandbox of a lesson's cells, which can fetch nothing. */
export interface BackendHost {
  /** Addresses of tfjs's wasm binaries, by their names. */
  readonly wasmPaths: () => Promise<Readonly<Record<string, string>>>;
  /** Threads that the wasm backend would compute with. */
  readonly threads: () => number;
  /** Its helping threads; null where there are none. */
  readonly helpers: Helpers | null;
  /** The name a GPU driver gives itself, '' where the browser hides it, null where there is no WebGL 2 or no answer. */
  readonly webglRenderer: () => Promise<string | null>;
  /** What was measured here before; null: nothing is measured. */
  readonly times: TimesMemory | null;
}

/** For what indices are read unless it is given: cpu and wasm read them at no cost, webgl would wait for the GPU. */
const indicesAreNear = (name: BackendName) => name !== 'webgl';

/** How the choice stands when a backend is tried. */
interface Attempt {
  /** It is the one that was asked for. */
  readonly forced: boolean;
  /** wasm would be next in turn: it did not break down before. */
  readonly wasmIsNext: boolean;
  readonly host: BackendHost;
}

/** Loads a backend's code and starts it; gives a reason instead where it cannot or should not be used. */
const starters: Record<BackendName, (attempt: Attempt) => Promise<Reason['code'] | null>> = {
  webgl: async ({ forced, wasmIsNext, host }) => {
    if (typeof OffscreenCanvas === 'undefined') return 'noWebglInWorker';
    // it starts while the browser looks for a GPU, and says what is wrong when its own turn comes
    const ahead = forced || !wasmIsNext ? null : startWasm(host).catch(() => {});
    const [renderer] = await Promise.all([host.webglRenderer(), ahead]);
    if (renderer === null) return 'noWebgl2';
    if (!forced && SOFTWARE_RENDERERS.test(renderer)) return 'softwareWebgl';
    await import('@tensorflow/tfjs-backend-webgl');
    if (!(await tf.setBackend('webgl'))) return 'webglNotStarted';
    reportLostContext();
    return null;
  },
  wasm: async ({ host }) => {
    const started = (await startWasm(host)) && (await tf.setBackend('wasm')); // another may have been tried since
    return started ? null : 'wasmNotStarted';
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return (await tf.setBackend('cpu')) ? null : 'cpuNotStarted';
  }
};

let wasmStart: Promise<boolean> | null = null;

/** Starts the wasm backend, once: it takes its paths no second time. */
function startWasm(host: BackendHost): Promise<boolean> {
  wasmStart ??= (async () => {
    const kernels = importKernels(); // needed when the backend has started
    const [{ setWasmPaths, setThreadsCount }, wasmPaths] = await importWasm(host);
    setWasmPaths({ ...wasmPaths });
    setThreadsCount(1); // its own threads spin for milliseconds after a step, on the cores that our helpers need
    // the binary with threads starts eight workers, whatever it will use
    if (host.threads() === 1) tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    const [started] = await Promise.all([tf.setBackend('wasm'), kernels]);
    return started;
  })();
  return wasmStart;
}

/** After a lost context every result is nonsense: an uncaught error tells the page, which continues on another backend. */
function reportLostContext(): void {
  const { gpgpu } = tf.backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } };
  gpgpu.gl.canvas.addEventListener('webglcontextlost', () => {
    if (tf.getBackend() !== 'webgl') return; // another was faster
    throw new Error('the graphics driver took WebGL away');
  });
}

async function threadsOf(name: BackendName, host: BackendHost): Promise<number> {
  if (name !== 'wasm') return 1;
  const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  try {
    getThreadsCount();
    return host.threads();
  } catch {
    return 1; // thrown by a build without threads
  }
}

const importWasm = (host: BackendHost) =>
  Promise.all([import('@tensorflow/tfjs-backend-wasm'), host.wasmPaths()]);

const importKernels = () => Promise.all([import('./wasm-kernels'), import('virtual:wasm-kernels')]);

/** Gives the started wasm backend our own kernels, each helping thread in a worker of its own. */
async function installKernels(threads: number, { helpers }: BackendHost): Promise<KernelKind | null> {
  const [{ installWasmKernels }, { default: binaries }] = await importKernels();
  return installWasmKernels(binaries, {
    threads: helpers ? threads : 1,
    startHelper: (start) => helpers?.start(start)
  });
}

type Started = Pick<BackendReport, 'threads' | 'kernels' | 'checkError'>;

/** Starts one backend and checks its arithmetic; a reason says why it cannot be used. */
async function tryBackend(
  name: BackendName,
  attempt: Attempt,
  { indices }: Partial<CheckOptions>
): Promise<Started | Reason> {
  try {
    const code = await starters[name](attempt);
    if (code) return { code };
    await tf.ready();
    const threads = await threadsOf(name, attempt.host);
    const kernels = name === 'wasm' ? await installKernels(threads, attempt.host) : null;
    if (name === 'webgl') (await import('./webgl-kernels')).installWebglKernels();
    checkKernels(name, { indices: indices ?? indicesAreNear(name) });
    const checkError = await selfCheck();
    if (checkError > CHECK_TOLERANCE) return { code: 'wrongArithmetic', detail: checkError.toExponential(1) };
    return { threads, kernels, checkError };
  } catch (error) {
    return { code: 'said', detail: messageOf(error) };
  }
}

/** What went wrong, in words: a worker that fails rejects with an event, which says nothing as a string. */
function messageOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' && message !== '' ? message : String(error);
}

export interface BackendOptions {
  /** Those that broke down before, and are not tried again. */
  readonly broken?: readonly BackendName[];
  /** What kernels look at before they compute. */
  readonly checks?: Partial<CheckOptions>;
  /** Tokens of the prompt, about: which backend is faster depends on it. */
  readonly tokens?: number;
}

/**
 * Chooses a backend that starts and computes rightly: the wanted one if there is one; of webgl and wasm the faster one
 * where the host remembers what was measured, else the first that works; cpu where no other does.
 *
 * @param host where it starts
 *
 * Throws: Error if none does.
 */
export async function chooseBackend(
  wanted: BackendName | null,
  host: BackendHost,
  { broken = [], checks = {}, tokens = TIMED_TOKENS.short }: BackendOptions = {}
): Promise<BackendReport> {
  tf.enableProdMode(); // a backend that does not start is reported here, not on the console
  const attempt = (name: BackendName) => ({
    forced: name === wanted,
    wasmIsNext: !broken.includes('wasm'),
    host
  });
  const choice = await chooseAmong<Started>({
    order: wanted ? [wanted, ...BACKENDS.filter((name) => name !== wanted)] : BACKENDS,
    wanted,
    tokens,
    memory: host.times,
    start: async (name) =>
      broken.includes(name) ? { code: 'brokeDown' } : await tryBackend(name, attempt(name), checks),
    time: async (name) => {
      await tf.setBackend(name);
      return (await import('./block-times')).timeBlocks();
    }
  });
  if (choice.name !== null) {
    const { name, started, timed, passedOver } = choice;
    await tf.setBackend(name); // another may have been started or timed since
    return { name, ...started, missingThreads: null, timed, passedOver };
  }
  // As codes: the words follow the page's language by runes, which no worker has.
  const reasons = choice.passedOver
    .map(({ name, reason: { code, detail } }) => `${name}: ${[code, detail].filter(Boolean).join(' ')}`)
    .join('; ');
  throw new Error(`chooseBackend: no backend works here (${reasons}). Use a current browser.`);
}
