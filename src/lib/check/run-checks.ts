import {
  everyActivation,
  exportName,
  InputError,
  mustBe,
  runTrace,
  type Gpt2Model,
  type Trace
} from '../gpt2/index.ts';
import { CheckContext, isGpt2Small, sourceValues, verify, type Verdict } from '../lesson/checks/index.ts';
import { compareStored } from './compare-activation.ts';
import type { CheckRow } from './types.ts';
import type { ValuesFile } from './values-file.ts';

/** A problem with a known answer, as the engine computed it; the error is relative to max(1, |answer|). */
export interface Problem {
  readonly name: string;
  readonly error: number;
  readonly numbers: number;
}

/** The start-up problems of a backend as rows. */
export function problemRows(problems: readonly Problem[], allowed: number): CheckRow[] {
  return problems.map(({ name, error, numbers }) => ({
    group: 'problem',
    name,
    prompt: null,
    status: error <= allowed ? 'pass' : 'fail', // a NaN came as Infinity
    difference: error,
    compared: numbers,
    detail: null
  }));
}

/**
 * Looks whether a model can run the prompts of a file of values.
 *
 * Throws: InputError if it is a file for another model.
 */
export function expectFit({ config }: Pick<Gpt2Model, 'config'>, { prompts }: ValuesFile): void {
  const ADVICE = 'Pass values that were made with this model.';
  for (const { text, ids } of prompts) {
    const where = `values of ${JSON.stringify(text)}`;
    if (ids.length > config.n_ctx) {
      throw new InputError(mustBe(where, `at most ${config.n_ctx} ids`, ids.length, ADVICE));
    }
    const unknown = ids.find((id) => id >= config.vocab_size);
    if (unknown === undefined) continue;
    throw new InputError(mustBe(where, `ids below ${config.vocab_size}`, unknown, ADVICE));
  }
}

/**
 * Holds a model beside a file of values: texts and their ids, then every activation of every prompt.
 *
 * Memory: leaves no tensor behind.
 * Throws: InputError if the file is for another model; the signal's reason, once it is aborted.
 */
export async function* checkValues(
  model: Gpt2Model,
  file: ValuesFile,
  signal?: AbortSignal
): AsyncGenerator<CheckRow> {
  expectFit(model, file);
  for (const { text, ids } of [...(file.texts ?? []), ...file.prompts]) yield textRow(model, text, ids);
  for (const prompt of file.prompts) {
    const trace = await runTrace(model, prompt.ids, { signal });
    try {
      yield* activationRows(trace, prompt, signal);
    } finally {
      trace.dispose();
    }
  }
}

function textRow({ tokenizer }: Gpt2Model, text: string, expected: readonly number[]): CheckRow {
  const ids = tokenizer.encode(text).map(({ id }) => id);
  const same = ids.join() === expected.join();
  return {
    group: 'tokens',
    name: JSON.stringify(text),
    prompt: text,
    status: same ? 'pass' : 'fail',
    difference: null,
    compared: expected.length,
    detail: same ? null : `[${ids.join(', ')}], expected [${expected.join(', ')}]`
  };
}

async function* activationRows(
  trace: Trace,
  { text, activations }: ValuesFile['prompts'][number],
  signal?: AbortSignal
): AsyncGenerator<CheckRow> {
  const left = new Set(Object.keys(activations));
  for (const { name, layer } of everyActivation(trace.model.config)) {
    const fullName = exportName(name, layer);
    if (!left.delete(fullName)) continue;
    signal?.throwIfAborted();
    const found = await trace.read(name, layer);
    yield {
      group: 'activation',
      name: fullName,
      prompt: text,
      ...compareStored(found, activations[fullName])
    };
  }
  for (const name of left) {
    const detail = 'this model has no such activation';
    yield { group: 'activation', name, prompt: text, status: 'fail', difference: null, compared: 0, detail };
  }
}

/** Every value that the source notebooks print of GPT-2 small beside ours; nothing where the model is of other sizes. */
export async function* checkSources(model: Gpt2Model, signal?: AbortSignal): AsyncGenerator<CheckRow> {
  if (!isGpt2Small(model.config)) return;
  const context = new CheckContext(model);
  try {
    for await (const verdict of verify(context, sourceValues)) {
      yield sourceRow(verdict);
      signal?.throwIfAborted();
    }
  } finally {
    context.dispose();
  }
}

function sourceRow(verdict: Verdict): CheckRow {
  const { value, status } = verdict;
  const place = { group: 'source', name: value.id, prompt: null } as const;
  if (status === 'not computed') {
    return { ...place, status, difference: null, compared: 0, detail: verdict.reason };
  }
  return {
    ...place,
    status: verdict.ok ? 'pass' : 'fail',
    difference: verdict.numbers > 0 ? verdict.difference : null,
    compared: verdict.numbers,
    detail: verdict.ok ? null : `${verdict.ours}, expected ${value.printed}`
  };
}
