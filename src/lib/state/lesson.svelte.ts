import type { CellContext, CellProgram } from '$lib/cells';
import { CellRuns, type CellState, type CreateRunner } from './cell-runs.svelte';
import {
  formatLessonLink,
  nextOwnName,
  parseLessonLink,
  withAdded,
  type AddedCell,
  type LessonLink,
  type LessonMode
} from './lesson-link';
import type { Say } from './reports.svelte';

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
  #edits = $state.raw<Readonly<Record<string, string>>>({});
  readonly steps: readonly string[];
  readonly #lesson: readonly CellProgram[];
  readonly #questions: readonly string[];
  #added = $state.raw<readonly AddedCell[]>([]);
  /** Texts that came with the link, by cell, and were not changed here. */
  #given = $state.raw<Readonly<Record<string, string>>>({});
  /** Texts that the reader has run, by cell: these follow the prompt like the lesson's own. */
  #allowed: Readonly<Record<string, string>> = {};
  readonly #runs = new CellRuns(this);

  /**
   * @param steps names of all steps, in order
   * @param programs the lesson's own cells, in order
   * @param questions names of the steps that ask a question
   */
  constructor(steps: readonly string[], programs: readonly CellProgram[], questions: readonly string[] = []) {
    this.steps = steps;
    this.#lesson = programs;
    this.#questions = questions;
  }

  readonly link = $derived(
    formatLessonLink({ mode: this.mode, gated: this.gated, step: this.step, ...this.cells })
  );
  readonly stepIndex = $derived.by(() => Math.max(0, this.steps.indexOf(this.step ?? '')));

  /** The lesson's cells and answers with the reader's own cells among them, in the order in which they run. */
  readonly programs = $derived.by(() => withAdded(this.#lesson, this.steps, this.#added));

  /** Why no cell runs; null if they do. */
  get failure(): string | null {
    return this.#runs.failure;
  }

  /** Takes over saved cells in place of those here, as if they had come with a link: nothing of them is run. */
  openCells(link: Pick<LessonLink, 'edits' | 'added'>): Say[] {
    const { mode, gated, step } = this;
    const problems = this.open(formatLessonLink({ ...link, mode, gated, step }));
    this.#allowed = {}; // also a text that has run here before waits
    void this.#runs.run();
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
    this.#runs.use(create);
  }

  /** Runs everything anew with other choices. */
  follow(context: CellContext): void {
    this.#runs.follow(context);
  }

  stateOf(id: string): CellState {
    return this.#runs.stateOf(id);
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
    if (!changed) void this.#runs.run();
    else if (this.#allowed[id] !== code) this.#runs.hold(id);
  }

  /** Runs the cells up to this one: its text is the reader's own wish; those above must have been run before. */
  runTo(id: string): void {
    this.#allow([id]);
    void this.#runs.run();
  }

  /** Runs this cell with what it reads of those above, and leaves those below as they are. */
  runAlone(id: string): void {
    this.#allow([id]);
    void this.#runs.run(id);
  }

  /** Runs every cell above this one and it, changed ones too. */
  runAllTo(id: string): void {
    const ids = this.programs.map((program) => program.id);
    this.#allow(ids.slice(0, ids.indexOf(id) + 1));
    void this.#runs.run();
  }

  /** Runs this cell and every one below it, changed ones too; changed ones above must have been run before. */
  runFrom(id: string): void {
    const ids = this.programs.map((program) => program.id);
    this.#allow(ids.slice(ids.indexOf(id)));
    void this.#runs.run();
  }

  /** Runs everything, changed cells too. */
  runAll(): void {
    this.#allow(this.programs.map((program) => program.id));
    void this.#runs.run();
  }

  /** Forgets all results and starts the worker anew; changed cells wait for Run. */
  restart(): void {
    this.#allowed = {};
    this.#runs.restart();
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
    this.#added = this.#added.filter((cell) => cell.id !== id);
    this.#edits = edits;
    this.#runs.drop(id);
    void this.#runs.run();
  }

  /** Ends the cell under way. */
  stop(): void {
    this.#runs.stop();
  }

  /** What a changed cell left behind keeps the worker busy, or has closed it: the last of them hears so. */
  lose(): void {
    this.#allowed = {};
    this.#runs.lose();
  }

  /** The reader has answered a step's question and seen the model's answer. */
  answer(step: string): void {
    this.#answered = [...this.#answered, step];
  }

  /** The step that is shown asks something that must be answered before the next one opens. */
  get waits(): boolean {
    const step = this.steps[this.stepIndex];
    return (
      this.gated && this.mode !== 'read' && this.#questions.includes(step) && !this.#answered.includes(step)
    );
  }

  /** Goes some steps forward or back, at most to the ends, and not past a question that waits for its answer. */
  go(by: number): void {
    if (by > 0 && this.waits) return;
    const next = Math.min(Math.max(0, this.stepIndex + by), this.steps.length - 1);
    this.step = this.steps[next];
  }

  dispose(): void {
    this.#runs.dispose();
  }

  // What the runs of its cells ask.

  /** A changed text that was not run on purpose: it and those below wait. */
  isHeld(id: string): boolean {
    return this.isEdited(id) && this.#allowed[id] !== this.codeOf(id);
  }

  /** A changed cell that failed does not run again by itself. */
  forbid(id: string): void {
    const { [id]: _, ...others } = this.#allowed;
    this.#allowed = others;
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
    return this.programs.find((program) => program.id === id)?.code ?? '';
  }

  #allow(ids: readonly string[]): void {
    const edited = ids.filter((id) => this.isEdited(id)).map((id) => [id, this.codeOf(id)] as const);
    this.#allowed = { ...this.#allowed, ...Object.fromEntries(edited) };
  }
}
