import * as tf from '@tensorflow/tfjs'; // the whole of it; what computes is the engine's own core
import * as gpt2 from '$lib/gpt2';
import { CellConsole } from './console.ts';
import { describeValue } from './describe.ts';
import { failureOf, sourceLine, writtenError, type Locate } from './failure.ts';
import { compileCell } from './program.ts';
import type { CellContext, CellOutcome, CellProgram, CellValue } from './types.ts';

type AsyncFunction = new (...args: string[]) => (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as unknown as AsyncFunction;

type Names = Record<string, unknown>;

/**
 * Runs a lesson's cells from the top, each with the names that the ones above declared, beside `model`, `tokenizer`,
 * `trace`, `tf`, every function of src/lib/gpt2, and the reader's choices (`prompt`, `ids`, `layer`, `head`,
 * `position`).
 *
 * Memory: tensors and variables of a run stay until the next one begins or the session is disposed.
 */
export class CellSession {
  readonly #model: gpt2.Gpt2Model;
  readonly #console = new CellConsole();
  #trace: gpt2.Trace | null = null;
  #scoped = false;

  /** @param model stays the caller's */
  constructor(model: gpt2.Gpt2Model) {
    this.#model = model;
  }

  /**
   * Runs the cells one after another; after a cell that fails, the rest is left out.
   *
   * @param onstart hears the name of each cell before it starts; the cell waits for its answer, so that whoever
   *                watches the time knows of a cell that never ends
   */
  async *run(
    programs: readonly CellProgram[],
    context: CellContext,
    onstart?: (id: string) => void | Promise<void>
  ): AsyncGenerator<{ id: string; outcome: CellOutcome }> {
    this.#clear();
    const trace = await gpt2.runTrace(this.#model, context.ids);
    this.#trace = trace;
    tf.engine().startScope('cells');
    this.#scoped = true;
    const { tokenizer } = this.#model;
    const page = { model: this.#model, tokenizer, tf, trace, console: this.#console };
    const names: Names = { ...gpt2, ...context, ids: [...context.ids], ...page };
    const places = new Map<string, Locate>();
    for (const { id, code } of programs) {
      await onstart?.(id);
      const started = performance.now();
      let outcome: CellOutcome;
      try {
        const value = describeValue(await this.#evaluate(id, code, names, places));
        outcome = { ok: true, value, ...this.#spent(started) };
      } catch (error) {
        outcome = { ok: false, ...failureOf(error, id, names, places), ...this.#spent(started) };
      }
      yield { id, outcome };
      if (!outcome.ok) return;
    }
  }

  /** Prints what a cell threw after it had ended, under the one that runs now. */
  hear(error: unknown): void {
    this.#console.log(`Thrown after its cell had ended: ${writtenError(error)}`);
  }

  /** Frees what the last run left. */
  dispose(): void {
    this.#clear();
  }

  async #evaluate(id: string, code: string, names: Names, places: Map<string, Locate>): Promise<unknown> {
    const { declared, body, locate } = await compileCell(code, Object.keys(names));
    places.set(id, locate);
    for (const name of declared) if (!Object.hasOwn(names, name)) names[name] = undefined;
    const cell = { value: undefined as unknown };
    const run = new AsyncFunction('__names', '__cell', `${body}\n${sourceLine(id)}`);
    const returned = await run(names, cell);
    return returned === undefined ? await cell.value : returned;
  }

  #spent(started: number): { printed: CellValue[][]; milliseconds: number } {
    return { printed: this.#console.take(), milliseconds: performance.now() - started };
  }

  #clear(): void {
    if (this.#scoped) tf.engine().endScope();
    tf.disposeVariables(); // of layers; no scope ends them, and the model has none
    this.#scoped = false;
    this.#trace?.dispose();
    this.#trace = null;
    this.#console.take();
  }
}
