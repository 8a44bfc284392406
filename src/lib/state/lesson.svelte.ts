import type { CellContext, CellOutcome, CellProgram } from '$lib/cells';
import type { CellRunner } from '$lib/engine';
import { lessonWords } from '$lib/words';
import {
  formatLessonLink,
  nextOwnName,
  parseLessonLink,
  withAdded,
  type AddedCell,
  type LessonLink,
  type LessonMode
} from './lesson-link';
import { detailOf, messages } from './messages';
import type { Say } from './reports.svelte';

/** How far a cell is. `held`: changed by the reader or the link, and not yet run on purpose; `left`: one above failed. */
export interface CellState {
  readonly status: 'idle' | 'running' | 'held' | 'left' | 'done';
  /** What the cell gave last: of another text or other choices until it is `done`. */
  readonly outcome: CellOutcome | null;
}

/** After this a cell that had a result is shown as running, and can be stopped. */
const SLOW_MS = 400;

const IDLE: CellState = { status: 'idle', outcome: null };

function lostOutcome(): CellOutcome {
  const where = { line: null, column: null, inCell: null };
  const hint = { code: 'lost', name: null } as const;
  return { ok: false, error: lessonWords.lost, ...where, hint, printed: [], milliseconds: 0 };
}

/** Runs the cells of one lesson in their worker; created anew for another model or backend. */
export type CreateRunner = () => Pick<CellRunner, 'run' | 'stop' | 'restart' | 'dispose'>;

/**
 * A lesson as its reader has it: which step is shown, which cells were changed, and what each cell gave.
 *
 * All cells run from the top whenever prompt, layer, head or position change, so that none depends on what was run
 * before. The reader's own text runs only after Run was pressed on it; the cells below it wait.
 */
export class LessonState {
  mode = $state<LessonMode>('read');
  step = $state<string | null>(null);
  /** A step's question is answered before the next step opens. */
  gated = $state(false);
  #answered = $state.raw<readonly string[]>([]);
  #failure = $state.raw<Say | null>(null);
  #edits = $state.raw<Readonly<Record<string, string>>>({});
  #states = $state.raw<Readonly<Record<string, CellState>>>({});
  readonly steps: readonly string[];
  readonly #lesson: readonly CellProgram[];
  readonly #asked: readonly string[];
  #added = $state.raw<readonly AddedCell[]>([]);
  /** Texts that came with the link, by cell, and were not changed here. */
  #given = $state.raw<Readonly<Record<string, string>>>({});
  /** Texts that the reader has run, by cell: these follow the prompt like the lesson's own. */
  #allowed: Readonly<Record<string, string>> = {};
  #runner: ReturnType<CreateRunner> | null = null;
  #context: CellContext | null = null;
  #slow: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param steps names of all steps, in order
   * @param programs the lesson's own cells, in order
   * @param asked names of the steps that ask a question
   */
  constructor(steps: readonly string[], programs: readonly CellProgram[], asked: readonly string[] = []) {
    this.steps = steps;
    this.#lesson = programs;
    this.#asked = asked;
  }

  /** Why no cell runs; null if they do. */
  readonly failure = $derived(this.#failure?.() ?? null);
  readonly link = $derived(
    formatLessonLink({ mode: this.mode, gated: this.gated, step: this.step, ...this.cells })
  );
  readonly stepIndex = $derived.by(() => Math.max(0, this.steps.indexOf(this.step ?? '')));

  /** The lesson's cells and answers with the reader's own cells among them, in the order in which they run. */
  readonly #own = $derived.by(() => withAdded(this.#lesson, this.steps, this.#added));

  /** Takes over saved cells in place of those here, as if they had come with a link: nothing of them is run. */
  openCells(link: Pick<LessonLink, 'edits' | 'added'>): Say[] {
    const { mode, gated, step } = this;
    const problems = this.open(formatLessonLink({ ...link, mode, gated, step }));
    this.#allowed = {}; // also a text that has run here before waits
    void this.#run();
    return problems;
  }

  /** The reader's own and changed cells, as they are saved. */
  get cells(): Pick<LessonLink, 'edits' | 'added'> {
    return { edits: this.#edits, added: this.#added };
  }

  /**
   * Takes over a link; nothing in it is run. Returns what it asked for and this lesson does not have.
   *
   * @param anchor name of a step or cell after a bare `#`: the page is scrolled to it
   */
  open(text: string, anchor: string | null = null): Say[] {
    const { link, problems } = parseLessonLink(text, this.steps, this.#lesson);
    this.#show(link);
    this.goTo(anchor);
    return problems;
  }

  /** Shows a step by its name; another name is none of the lesson's, and changes nothing. */
  goTo(name: string | null): void {
    if (name !== null && this.steps.includes(name)) this.step = name;
  }

  /** Uses another worker: for another model or backend. */
  use(create: CreateRunner | null): void {
    this.#runner?.dispose();
    this.#runner = create?.() ?? null;
    this.#states = {};
    void this.#run();
  }

  /** Runs everything anew with other choices. */
  follow(context: CellContext): void {
    this.#context = context;
    void this.#run();
  }

  stateOf(id: string): CellState {
    return this.#states[id] ?? IDLE;
  }

  codeOf(id: string): string {
    return this.#edits[id] ?? this.#ownCode(id);
  }

  isEdited(id: string): boolean {
    return Object.hasOwn(this.#edits, id);
  }

  /** Its text came with the link: somebody else may have written it. */
  isGiven(id: string): boolean {
    return this.isEdited(id) && this.#given[id] === this.codeOf(id);
  }

  /** Cells whose text came with the link. */
  get given(): readonly string[] {
    return Object.keys(this.#given).filter((id) => this.isGiven(id));
  }

  /** Changes a cell's text; it waits for Run. */
  edit(id: string, code: string): void {
    const { [id]: _, ...others } = this.#edits;
    const changed = code !== this.#ownCode(id);
    this.#edits = changed ? { ...others, [id]: code } : others;
    if (!changed) void this.#run();
    else if (this.#allowed[id] !== code) this.#hold(id);
  }

  /** Runs the cells up to this one: its text is the reader's own wish; those above must have been run before. */
  runTo(id: string): void {
    this.#allow([id]);
    void this.#run();
  }

  /** Runs this cell with what it reads of those above, and leaves those below as they are. */
  runAlone(id: string): void {
    this.#allow([id]);
    void this.#run(id);
  }

  /** Runs every cell above this one and it, changed ones too. */
  runAllTo(id: string): void {
    const ids = this.#own.map((program) => program.id);
    this.#allow(ids.slice(0, ids.indexOf(id) + 1));
    void this.#run();
  }

  /** Runs this cell and every one below it, changed ones too; changed ones above must have been run before. */
  runFrom(id: string): void {
    const ids = this.#own.map((program) => program.id);
    this.#allow(ids.slice(ids.indexOf(id)));
    void this.#run();
  }

  /** Runs everything, changed cells too. */
  runAll(): void {
    this.#allow(this.#own.map((program) => program.id));
    void this.#run();
  }

  /** Forgets all results and starts the worker anew; changed cells wait for Run. */
  restart(): void {
    this.#allowed = {};
    this.#states = {};
    this.#runner?.restart();
    void this.#run();
  }

  /** Everything that runs, in order. */
  get programs(): readonly CellProgram[] {
    return this.#own;
  }

  /** The reader's own cells under a step, from first to last. */
  addedAfter(step: string): readonly AddedCell[] {
    return this.#added.filter(({ after }) => after === step);
  }

  /** Adds an empty cell under a step. Returns its name. */
  add(after: string): string {
    const id = nextOwnName(this.#added);
    this.#added = [...this.#added, { id, after }];
    return id;
  }

  /** Removes a cell of the reader's own; those below run without it. */
  remove(id: string): void {
    const { [id]: _, ...edits } = this.#edits;
    const { [id]: __, ...states } = this.#states;
    this.#added = this.#added.filter((cell) => cell.id !== id);
    this.#edits = edits;
    this.#states = states;
    void this.#run();
  }

  /** Ends the cell under way. */
  stop(): void {
    this.#runner?.stop();
  }

  /** What a changed cell left behind keeps the worker busy, or has closed it: the last of them hears so. */
  lose(): void {
    const run = this.#own.filter(({ id }) => this.isEdited(id) && this.stateOf(id).status === 'done');
    const last = run.at(-1);
    this.#allowed = {};
    if (!last) return void this.#run();
    this.#states = { ...this.#states, [last.id]: { status: 'done', outcome: lostOutcome() } };
    this.#leaveBelow(last.id);
  }

  /** The reader has answered a step's question and seen the model's answer. */
  answer(step: string): void {
    this.#answered = [...this.#answered, step];
  }

  /** The step that is shown asks something that must be answered before the next one opens. */
  get waits(): boolean {
    const step = this.steps[this.stepIndex];
    return this.gated && this.mode !== 'read' && this.#asked.includes(step) && !this.#answered.includes(step);
  }

  /** Goes some steps forward or back, at most to the ends, and not past a question that waits for its answer. */
  go(by: number): void {
    if (by > 0 && this.waits) return;
    const next = Math.min(Math.max(0, this.stepIndex + by), this.steps.length - 1);
    this.step = this.steps[next];
  }

  dispose(): void {
    this.#runner?.dispose();
    this.#runner = null;
  }

  #show({ mode, gated, step, edits, added }: LessonLink): void {
    this.mode = mode;
    this.gated = gated;
    this.step = step;
    this.#edits = edits;
    this.#given = edits;
    this.#added = added;
  }

  #ownCode(id: string): string {
    return this.#own.find((program) => program.id === id)?.code ?? '';
  }

  #allow(ids: readonly string[]): void {
    const edited = ids.filter((id) => this.isEdited(id)).map((id) => [id, this.codeOf(id)] as const);
    this.#allowed = { ...this.#allowed, ...Object.fromEntries(edited) };
  }

  #isHeld(id: string): boolean {
    return this.isEdited(id) && this.#allowed[id] !== this.codeOf(id);
  }

  /** Marks a changed cell and those below, whose results are of another text. */
  #hold(id: string): void {
    const from = this.#own.findIndex((program) => program.id === id);
    this.#mark(this.#own.slice(from).map((program, i) => [program.id, i === 0 ? 'held' : 'left']));
  }

  /** Another state for cells, whose last results stay to be seen. */
  #mark(cells: readonly (readonly [string, CellState['status']])[]): void {
    const marked = cells.map(([id, status]) => [id, { status, outcome: this.stateOf(id).outcome }] as const);
    this.#states = { ...this.#states, ...Object.fromEntries(marked) };
  }

  /** @param last nothing below this cell runs; left out: everything does */
  async #run(last?: string): Promise<void> {
    const context = this.#context;
    const runner = this.#runner;
    if (!context || !runner) return;
    this.#failure = null;
    const held = this.#own.findIndex(({ id }) => this.#isHeld(id));
    const runs = held < 0 ? this.#own : this.#own.slice(0, held);
    if (held >= 0) this.#hold(this.#own[held].id);
    const end = runs.findIndex(({ id }) => id === last);
    if (end >= 0) this.#leaveBelow(runs[end].id);
    const programs = (end < 0 ? runs : runs.slice(0, end + 1)).map(({ id }) => ({
      id,
      code: this.codeOf(id),
      own: !this.isEdited(id)
    }));
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
          this.#forbid(id);
          this.#leaveBelow(id);
        }
      });
    } catch (error) {
      clearTimeout(this.#slow);
      const detail = detailOf(error);
      this.#failure = () => messages.cellsFailed(detail);
    }
  }

  /** A changed cell that failed does not run again by itself. */
  #forbid(id: string): void {
    const { [id]: _, ...others } = this.#allowed;
    this.#allowed = others;
  }

  /** A cell that failed leaves those below without what they read. */
  #leaveBelow(id: string): void {
    const from = this.#own.findIndex((program) => program.id === id);
    const below = this.#own.slice(from + 1).filter((program) => this.stateOf(program.id).status !== 'held');
    this.#mark(below.map((program) => [program.id, 'left']));
  }
}
