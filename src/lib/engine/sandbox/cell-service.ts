import * as Comlink from 'comlink';
import { CellSession, type CellContext, type CellOutcome, type CellProgram } from '$lib/cells';
import { InputError, loadModel, type Gpt2Model } from '$lib/gpt2';
import { chooseBackend } from '../backend';
import type { BackendName } from '../protocol';
import { denyInSandbox, SandboxError } from './denied';
import type { HandedFiles } from './files-service';
import { receivedFiles } from './received-files';
import { handedFetch, sandboxHost, type GiveBinary } from './sandbox-host';

/** Hears of a run as it goes. */
export interface CellListener {
  /** Its turn has come: what ran before has ended. */
  onbegin?(): void;
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

  /**
   * Starts the backend and reads the model; from then on nothing is let in.
   *
   * @param files where the page hands over the model's files
   * @param give hands over a wasm binary
   */
  async load(wanted: BackendName | null, files: MessagePort, give: GiveBinary): Promise<void> {
    denyInSandbox(self);
    const refuse = (): never => {
      throw new SandboxError('fetch');
    };
    Object.defineProperty(self, 'fetch', { value: handedFetch(give, refuse), writable: false });
    await chooseBackend(wanted, sandboxHost, { checks: { indices: true } }); // a cell's indices are its reader's
    const remote = Comlink.wrap<HandedFiles>(files);
    // in rows: a cell takes a layer's weight as the checkpoint has it
    this.#model = await loadModel(receivedFiles(remote), { layout: 'rows' });
    await remote.finish();
    this.#session = new CellSession(this.#model);
  }

  /** Answers at once unless a cell keeps the worker busy. */
  ping(): void {}

  /** What a cell threw after it had ended is printed under the one that runs. */
  hear(error: unknown): void {
    this.#session?.hear(error);
  }

  /** Runs cells from the top; a newer run takes the place of the one under way. */
  run(
    programs: readonly CellProgram[],
    context: CellContext,
    onbegin: () => void,
    onstart: CellListener['onstart'],
    onoutcome: CellListener['onoutcome']
  ): Promise<void> {
    const number = ++this.#newest;
    const turn = this.#tail.then(() => this.#run(number, programs, context, { onbegin, onstart, onoutcome }));
    this.#tail = turn.catch(() => undefined);
    return turn;
  }

  async #run(
    number: number,
    programs: readonly CellProgram[],
    context: CellContext,
    { onbegin, onstart, onoutcome }: CellListener
  ): Promise<void> {
    if (!this.#session) throw new InputError('cells: a model must be loaded, got none. Call load first.');
    if (number !== this.#newest) return;
    onbegin?.();
    for await (const { id, outcome } of this.#session.run(programs, context, onstart)) {
      if (number !== this.#newest) return;
      onoutcome(id, outcome);
    }
  }
}
