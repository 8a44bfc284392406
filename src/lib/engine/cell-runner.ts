import * as Comlink from 'comlink';
import type { CellContext, CellOutcome, CellProgram } from '$lib/cells';
import type { CellListener, CellService } from './cell-service';
import type { BackendName, ModelSource } from './protocol';

/** How long a reader's cell may take before it is stopped, ms. */
const CELL_LIMIT_MS = 20_000;
/** The same for a lesson's own cells, which are known to end: some run GPT-2 small thirty times. */
const OWN_LIMIT_MS = 300_000;

export interface CellRunnerOptions {
  readonly backend: BackendName | null;
  readonly source: ModelSource;
  /** For a reader's cell. */
  readonly limitMs?: number;
}

/**
 * The page's side of the cells' worker. A cell over the time limit ends the worker; the next run starts a fresh one.
 */
export class CellRunner {
  readonly #options: CellRunnerOptions;
  #worker: Worker | null = null;
  #remote: Promise<Comlink.Remote<CellService>> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
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
    const isNewest = () => number === this.#run;
    const remote = await this.#start();
    if (!isNewest()) return;
    return new Promise((resolve, reject) => {
      const onstart = (id: string) => {
        if (!isNewest()) return;
        listener.onstart(id);
        const own = programs.find((program) => program.id === id)?.own ?? false;
        const limit = own ? OWN_LIMIT_MS : (this.#options.limitMs ?? CELL_LIMIT_MS);
        this.#watch(limit, () => {
          listener.onoutcome(id, this.#stopped(limit));
          resolve();
        });
      };
      const onoutcome = (id: string, outcome: CellOutcome) => {
        if (!isNewest()) return;
        clearTimeout(this.#timer);
        listener.onoutcome(id, outcome);
      };
      remote.run(programs, context, Comlink.proxy(onstart), Comlink.proxy(onoutcome)).then(resolve, reject);
    });
  }

  /** Ends the worker and everything in it. */
  dispose(): void {
    this.#run++;
    this.#end();
  }

  /** The worker, started and with its model, or the one that is. */
  #start(): Promise<Comlink.Remote<CellService>> {
    this.#remote ??= this.#load().catch((error: unknown) => {
      this.#end();
      throw error;
    });
    return this.#remote;
  }

  async #load(): Promise<Comlink.Remote<CellService>> {
    const { backend, source } = this.#options;
    this.#worker = new Worker(new URL('./cells.worker.ts', import.meta.url), {
      type: 'module',
      name: 'cells'
    });
    const remote = Comlink.wrap<CellService>(this.#worker);
    await remote.load(backend, source);
    return remote;
  }

  #watch(limit: number, onexpired: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onexpired, limit);
  }

  /** Ends a worker whose cell took too long, and says so. */
  #stopped(limit: number): CellOutcome {
    this.#end();
    const seconds = limit / 1000;
    return {
      ok: false,
      error: `The cell ran longer than ${seconds} s and was stopped.`,
      line: null,
      column: null,
      inCell: null,
      hint: { code: 'loop', name: null },
      printed: [],
      milliseconds: limit
    };
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
  }
}
