import * as Comlink from 'comlink';
import {
  checkedOutcome,
  type CellContext,
  type CellHint,
  type CellOutcome,
  type CellProgram
} from '$lib/cells';
import type { BackendName, ModelSource } from '../protocol';
import type { CellListener, CellService } from './cell-service';
import type { FilesService } from './files-service';
import { SandboxFrame, type SandboxAddresses } from './frame';
import type { WasmBinary } from './sandbox-host';

/** How long a reader's cell may take before it is stopped, ms. */
const CELL_LIMIT_MS = 20_000;
/** The same for a lesson's own cells, which are known to end: some run GPT-2 small thirty times. */
const OWN_LIMIT_MS = 300_000;
/** The same after a reader's cell, which may have left behind what keeps the worker busy. */
const OWN_AFTER_MS = 60_000;
/** How long a new run waits for the end of a reader's cell. */
const CELL_GRACE_MS = 300;
/** The same for a lesson's own cell, and for a worker that should be idle: starting anew reads the model again. */
const GRACE_MS = 5_000;
/** How often an idle worker is asked whether it is still there. */
const PING_MS = 3_000;

export interface CellRunnerOptions {
  readonly backend: BackendName | null;
  readonly source: ModelSource;
  readonly sandbox: SandboxAddresses;
  /** Hears that the worker has stopped answering though its cells had ended. */
  readonly onlost?: () => void;
}

const LOOP: CellHint | null = { code: 'loop', name: null };

/** The worker in its frame, and what is needed to start and end it. */
interface Sandbox {
  readonly remote: Promise<Comlink.Remote<CellService>>;
  readonly end: AbortController;
}

/** A cell that is under way. */
interface Running {
  readonly own: boolean;
  /** As performance.now() tells it. */
  readonly since: number;
  stop(outcome: CellOutcome): void;
}

/**
 * The page's side of the cells' sandbox. A cell over the time limit ends the worker, as Stop does and a newer run that it
 * keeps waiting; the next run starts a fresh one.
 */
export class CellRunner {
  readonly #options: CellRunnerOptions;
  #sandbox: Sandbox | null = null;
  #running: Running | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pinging: ReturnType<typeof setInterval> | undefined;
  #run = 0;

  constructor(options: CellRunnerOptions) {
    this.#options = options;
  }

  /**
   * Runs cells from the top in the worker; a newer run replaces the one under way, whose listener then hears no more.
   *
   * Throws: Error if the worker cannot start.
   */
  async run(programs: readonly CellProgram[], context: CellContext, listener: CellListener): Promise<void> {
    const number = ++this.#run;
    clearInterval(this.#pinging);
    const isNewest = () => number === this.#run;
    const hasBegun = await this.#attempt(programs, context, listener, isNewest);
    if (hasBegun || !isNewest()) return;
    this.#end(); // the cell before still runs, or the worker is gone
    await this.#attempt(programs, context, listener, isNewest);
  }

  /** Ends the cell under way at once; it hears so. */
  stop(): void {
    const stopped = this.#running;
    this.#run++;
    this.#end();
    stopped?.stop(stoppedOutcome('You stopped the cell.', performance.now() - stopped.since, null));
  }

  /** Ends the worker; the next run starts a fresh one. */
  restart(): void {
    this.dispose();
  }

  /** Ends the worker and everything in it. */
  dispose(): void {
    this.#run++;
    this.#end();
  }

  /** Resolves with false if the run has not begun in time. */
  async #attempt(
    programs: readonly CellProgram[],
    context: CellContext,
    listener: CellListener,
    isNewest: () => boolean
  ): Promise<boolean> {
    const grace = this.#running && !this.#running.own ? CELL_GRACE_MS : GRACE_MS;
    const sandbox = this.#start();
    const remote = await sandbox.remote;
    if (!isNewest()) return true;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => resolve(false), grace);
      const onbegin = () => clearTimeout(late);
      const end = () => {
        if (isNewest()) this.#settle();
        resolve(true);
      };
      const onstart = (id: string) => {
        if (!isNewest()) return;
        listener.onstart(id);
        const stop = (outcome: CellOutcome) => {
          listener.onoutcome(id, outcome);
          end();
        };
        const at = programs.findIndex((program) => program.id === id);
        const own = programs[at]?.own ?? false;
        this.#watch({ own, since: performance.now(), stop }, limitOf(programs, at));
      };
      const onoutcome = (id: string, outcome: unknown) => {
        if (!isNewest()) return;
        this.#settle();
        this.#watchIdle(sandbox); // from here on: a worker that is closed does not say that the run has ended
        listener.onoutcome(id, checkedOutcome(outcome));
      };
      const hear = [Comlink.proxy(onbegin), Comlink.proxy(onstart), Comlink.proxy(onoutcome)] as const;
      remote.run(programs, context, ...hear).then(() => {
        onbegin();
        end();
      }, reject);
    });
  }

  /** The worker, started and with its model, or the one that is. */
  #start(): Sandbox {
    if (this.#sandbox) return this.#sandbox;
    const end = new AbortController();
    const sandbox = { end, remote: this.#load(end.signal) };
    this.#sandbox = sandbox;
    sandbox.remote.catch(() => {
      if (this.#sandbox === sandbox) this.#end();
    });
    return sandbox;
  }

  async #load(signal: AbortSignal): Promise<Comlink.Remote<CellService>> {
    const { backend, source, sandbox } = this.#options;
    const frame = await SandboxFrame.open(sandbox, signal);
    signal.addEventListener('abort', () => frame.close(), { once: true });
    const files = new Worker(new URL('./model-files.worker.ts', import.meta.url), {
      type: 'module',
      name: 'model files'
    });
    const endFiles = () => files.terminate();
    signal.addEventListener('abort', endFiles, { once: true });
    try {
      const { port1, port2 } = new MessageChannel();
      const served = Comlink.wrap<FilesService>(files).serve(source, Comlink.transfer(port1, [port1]));
      const remote = Comlink.wrap<CellService>(frame.port);
      const loaded = remote.load(backend, Comlink.transfer(port2, [port2]), Comlink.proxy(giveBinary));
      await Promise.race([Promise.all([loaded, served]), frame.failure()]);
      return remote;
    } finally {
      endFiles();
    }
  }

  /** Follows a cell that has started: it ends in time, or the worker does. */
  #watch(running: Running, limit: number): void {
    clearTimeout(this.#timer);
    this.#running = running;
    this.#timer = setTimeout(() => {
      this.#end();
      running.stop(stoppedOutcome(`The cell ran longer than ${limit / 1000} s and was stopped.`, limit));
    }, limit);
  }

  /** No cell is under way. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#running = null;
  }

  /** Asks an idle worker from time to time whether it is there: what a cell leaves behind may keep it busy, or have closed it. */
  #watchIdle(sandbox: Sandbox): void {
    clearInterval(this.#pinging);
    const ask = async () => {
      if (this.#running) return;
      const remote = await sandbox.remote;
      const late = setTimeout(() => {
        if (this.#sandbox !== sandbox || this.#running) return;
        this.#run++;
        this.#end();
        this.#options.onlost?.();
      }, GRACE_MS);
      await remote.ping();
      clearTimeout(late);
    };
    this.#pinging = setInterval(() => void ask().catch(() => {}), PING_MS);
  }

  #end(): void {
    this.#settle();
    clearInterval(this.#pinging);
    this.#sandbox?.end.abort();
    this.#sandbox = null;
  }
}

/** How long the cell at this place of a run may take, ms. */
function limitOf(programs: readonly CellProgram[], at: number): number {
  if (!programs[at]?.own) return CELL_LIMIT_MS;
  return programs.slice(0, at).every(({ own }) => own) ? OWN_LIMIT_MS : OWN_AFTER_MS;
}

/** What a cell gave that was ended from outside. */
function stoppedOutcome(error: string, milliseconds: number, hint = LOOP): CellOutcome {
  return { ok: false, error, line: null, column: null, inCell: null, hint, printed: [], milliseconds };
}

/** Fetches one of the wasm binaries for the sandbox. */
async function giveBinary(name: WasmBinary): Promise<ArrayBuffer> {
  const { wasmPaths } = await import('../wasm-paths');
  const response = await fetch(wasmPaths[name]);
  if (!response.ok) throw new Error(`cells: ${name} answers ${response.status}. Load the page again.`);
  const bytes = await response.arrayBuffer();
  return Comlink.transfer(bytes, [bytes]);
}
