import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import * as gpt2 from '$lib/gpt2';
import { CellConsole } from './console.ts';
import { describeValue } from './describe.ts';
import { compileCell } from './program.ts';
import type { CellContext, CellOutcome, CellProgram } from './types.ts';

type AsyncFunction = new (...args: string[]) => (...values: unknown[]) => Promise<unknown>;
const AsyncFunction = (async () => {}).constructor as unknown as AsyncFunction;

/** Lines that the function's own header takes before its body, in what an engine reports. */
const HEADER_LINES = 2;

/**
 * Runs a lesson's cells from the top, each with the names that the ones above declared, beside `model`, `tokenizer`,
 * `trace`, `tf`, every function of src/lib/gpt2, and the reader's choices (`prompt`, `ids`, `layer`, `head`,
 * `position`).
 *
 * Memory: tensors of a run stay until the next one begins or the session is disposed.
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
    const given = { ...gpt2, ...context, ids: [...context.ids], tf, trace, console: this.#console };
    const scope = { ...given, model: this.#model, tokenizer: this.#model.tokenizer };
    let names: Record<string, unknown> = {};
    for (const { id, code } of programs) {
      await onstart?.(id);
      const started = performance.now();
      const cell = { value: undefined as unknown, names };
      let outcome: CellOutcome;
      try {
        const value = await this.#evaluate(code, scope, cell);
        const described = await describeValue(value);
        outcome = { ok: true, value: described, ...this.#spent(started) };
        names = cell.names;
      } catch (error) {
        outcome = { ok: false, ...told(error), ...this.#spent(started) };
      }
      yield { id, outcome };
      if (!outcome.ok) return;
    }
  }

  /** Frees what the last run left. */
  dispose(): void {
    this.#clear();
  }

  async #evaluate(
    code: string,
    scope: Record<string, unknown>,
    cell: { value: unknown; names: Record<string, unknown> }
  ): Promise<unknown> {
    const known = cell.names;
    const { body } = compileCell(code, Object.keys(known));
    const given = Object.keys(scope).filter((name) => !Object.hasOwn(known, name));
    const parameters = [...given, ...Object.keys(known)];
    const values = [...given.map((name) => scope[name]), ...Object.values(known)];
    const run = new AsyncFunction('__cell', ...parameters, body);
    const returned = await run(cell, ...values);
    return returned === undefined ? await cell.value : returned;
  }

  #spent(started: number): { printed: string[]; milliseconds: number } {
    return { printed: this.#console.take(), milliseconds: performance.now() - started };
  }

  #clear(): void {
    if (this.#scoped) tf.engine().endScope();
    this.#scoped = false;
    this.#trace?.dispose();
    this.#trace = null;
    this.#console.take();
  }
}

/** What went wrong, and in which line of the cell. */
function told(error: unknown): { error: string; line: number | null } {
  if (!(error instanceof Error)) return { error: `The cell threw ${String(error)}.`, line: null };
  const at = /<anonymous>:(\d+):\d+\)?/.exec(error.stack ?? '');
  const line = at ? Number(at[1]) - HEADER_LINES - 1 : null;
  return { error: `${error.name}: ${error.message}`, line: line !== null && line > 0 ? line : null };
}
