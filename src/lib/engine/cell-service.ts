import { CellSession, type CellContext, type CellOutcome, type CellProgram } from '$lib/cells';
import { InputError, loadModel, type Gpt2Model, type ModelFiles } from '$lib/gpt2';
import { chooseBackend } from './backend';
import { ModelShelf } from './models/shelf';
import type { BackendName, ModelSource } from './protocol';

/** Hears of a run as it goes. */
export interface CellListener {
  onstart(id: string): void | Promise<void>;
  onoutcome(id: string, outcome: CellOutcome): void;
}

/** What the cells' own worker does: it has a model of its own, so that a cell that never ends costs nothing else. */
export class CellService {
  #model: Gpt2Model | null = null;
  #session: CellSession | null = null;
  /** Number of the newest run: an older one stops at its next cell. */
  #newest = 0;
  #tail: Promise<unknown> = Promise.resolve();

  async load(wanted: BackendName | null, source: ModelSource): Promise<void> {
    await chooseBackend(wanted, [], { indices: true }); // a cell's indices are its reader's
    // in rows: a cell takes a layer's weight as the checkpoint has it
    const load = (files: ModelFiles) => loadModel(files, { layout: 'rows' });
    this.#model = await new ModelShelf().read(source, {}, load);
    this.#session = new CellSession(this.#model);
  }

  /** Runs cells from the top; a newer run takes the place of the one under way. */
  run(
    programs: readonly CellProgram[],
    context: CellContext,
    onstart: CellListener['onstart'],
    onoutcome: CellListener['onoutcome']
  ): Promise<void> {
    const number = ++this.#newest;
    const turn = this.#tail.then(() => this.#run(number, programs, context, { onstart, onoutcome }));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #run(
    number: number,
    programs: readonly CellProgram[],
    context: CellContext,
    { onstart, onoutcome }: CellListener
  ): Promise<void> {
    if (!this.#session) throw new InputError('cells: a model must be loaded, got none. Call load first.');
    if (number !== this.#newest) return;
    for await (const { id, outcome } of this.#session.run(programs, context, onstart)) {
      if (number !== this.#newest) return;
      onoutcome(id, outcome);
    }
  }
}
