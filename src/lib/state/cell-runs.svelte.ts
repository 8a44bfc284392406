import type { CellContext, CellOutcome, CellProgram } from '$lib/cells';
import type { CellRunner } from '$lib/engine';
import { lessonWords } from '$lib/words';
import { messages, problemText } from './messages';
import type { Say } from './reports.svelte';

/** How far a cell is. `held`: changed by the reader or the link, and not yet run on purpose; `left`: one above failed. */
export interface CellState {
  readonly status: 'idle' | 'running' | 'held' | 'left' | 'done';
  /** What the cell gave last: of another text or other choices until it is `done`. */
  readonly outcome: CellOutcome | null;
}

/** Runs the cells of one lesson in their worker; created anew for another model or backend. */
export type CreateRunner = () => Pick<CellRunner, 'run' | 'stop' | 'restart' | 'dispose'>;

/** What runs. */
export interface CellHost {
  /** Every cell, in order. */
  readonly programs: readonly CellProgram[];
  codeOf(id: string): string;
  isEdited(id: string): boolean;
  /** A changed text that was not run on purpose: it and those below wait. */
  isHeld(id: string): boolean;
  /** A changed cell that failed does not run again by itself. */
  forbid(id: string): void;
}

/** After this a cell that had a result is shown as running, and can be stopped. */
const SLOW_MS = 400;

const IDLE: CellState = { status: 'idle', outcome: null };

function lostOutcome(): CellOutcome {
  const where = { line: null, column: null, inCell: null };
  const hint = { code: 'lost', name: null } as const;
  return { ok: false, error: lessonWords.lost, ...where, hint, printed: [], milliseconds: 0 };
}

/** The cells of a lesson in their worker, and how far each one is. All run from the top, up to one that waits. */
export class CellRuns {
  readonly #host: CellHost;
  #failure = $state.raw<Say | null>(null);
  #states = $state.raw<Readonly<Record<string, CellState>>>({});
  #runner: ReturnType<CreateRunner> | null = null;
  #context: CellContext | null = null;
  #slow: ReturnType<typeof setTimeout> | undefined;

  constructor(host: CellHost) {
    this.#host = host;
  }

  /** Why no cell runs; null if they do. */
  readonly failure = $derived(this.#failure?.() ?? null);

  stateOf(id: string): CellState {
    return this.#states[id] ?? IDLE;
  }

  /** Uses another worker: for another model or backend. */
  use(create: CreateRunner | null): void {
    this.#runner?.dispose();
    this.#runner = create?.() ?? null;
    this.#states = {};
    void this.run();
  }

  /** Runs everything anew with other choices. */
  follow(context: CellContext): void {
    this.#context = context;
    void this.run();
  }

  /** Forgets all results and starts the worker anew. */
  restart(): void {
    this.#states = {};
    this.#runner?.restart();
    void this.run();
  }

  /** Ends the cell under way. */
  stop(): void {
    this.#runner?.stop();
  }

  dispose(): void {
    this.#runner?.dispose();
    this.#runner = null;
  }

  /** Forgets a cell that is removed. */
  drop(id: string): void {
    const { [id]: _, ...states } = this.#states;
    this.#states = states;
  }

  /** Marks a changed cell and those below, whose results are of another text. */
  hold(id: string): void {
    const { programs } = this.#host;
    const from = programs.findIndex((program) => program.id === id);
    this.#mark(programs.slice(from).map((program, i) => [program.id, i === 0 ? 'held' : 'left']));
  }

  /** The last changed cell that has run hears that the worker was lost. */
  lose(): void {
    const { programs } = this.#host;
    const run = programs.filter(({ id }) => this.#host.isEdited(id) && this.stateOf(id).status === 'done');
    const last = run.at(-1);
    if (!last) return void this.run();
    this.#states = { ...this.#states, [last.id]: { status: 'done', outcome: lostOutcome() } };
    this.#leaveBelow(last.id);
  }

  /** @param last nothing below this cell runs; left out: everything does */
  async run(last?: string): Promise<void> {
    const context = this.#context;
    const runner = this.#runner;
    if (!context || !runner) return;
    this.#failure = null;
    const programs = this.#begin(last);
    clearTimeout(this.#slow);
    try {
      await runner.run(programs, context, {
        onstart: (id) => {
          if (this.stateOf(id).status !== 'done') this.#mark([[id, 'running']]);
          clearTimeout(this.#slow);
          this.#slow = setTimeout(() => this.#mark([[id, 'running']]), SLOW_MS); // what is quick changes without a sign
        },
        onoutcome: (id, outcome) => {
          clearTimeout(this.#slow);
          this.#states = { ...this.#states, [id]: { status: 'done', outcome } };
          if (outcome.ok) return;
          this.#host.forbid(id);
          this.#leaveBelow(id);
        }
      });
    } catch (error) {
      clearTimeout(this.#slow);
      const detail = problemText(error);
      this.#failure = () => messages.cellsFailed(detail);
    }
  }

  /** The cells that run now, with their texts; those that wait or stand below `last` are marked. */
  #begin(last: string | undefined): CellProgram[] {
    const { programs } = this.#host;
    const held = programs.findIndex(({ id }) => this.#host.isHeld(id));
    const free = held < 0 ? programs : programs.slice(0, held);
    if (held >= 0) this.hold(programs[held].id);
    const end = free.findIndex(({ id }) => id === last);
    if (end >= 0) this.#leaveBelow(free[end].id);
    const runs = end < 0 ? free : free.slice(0, end + 1);
    return runs.map(({ id }) => ({ id, code: this.#host.codeOf(id), own: !this.#host.isEdited(id) }));
  }

  /** Another state for cells, whose last results stay to be seen. */
  #mark(cells: readonly (readonly [string, CellState['status']])[]): void {
    const marked = cells.map(([id, status]) => [id, { status, outcome: this.stateOf(id).outcome }] as const);
    this.#states = { ...this.#states, ...Object.fromEntries(marked) };
  }

  /** A cell that failed leaves those below without what they read. */
  #leaveBelow(id: string): void {
    const { programs } = this.#host;
    const from = programs.findIndex((program) => program.id === id);
    const below = programs.slice(from + 1).filter((program) => this.stateOf(program.id).status !== 'held');
    this.#mark(below.map((program) => [program.id, 'left']));
  }
}
