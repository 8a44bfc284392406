import type { Engine } from '$lib/engine';
import { pack, unpack } from '$lib/engine';

/** What the engine said to one call: what it reported on the way, and what it ended with. */
export interface Answer {
  readonly steps: readonly unknown[];
  readonly result: unknown;
}

/** Packed answers, by their calls. */
export type StoredAnswers = Readonly<Record<string, string>>;

/** Calls that change what the engine holds and answer nothing. */
const SILENT = ['onfailure', 'release', 'dispose'];
/** What its call reads is on this machine, so it has one answer. */
const WITHOUT_ARGUMENTS = ['start', 'load', 'shelf'];

/** The name of a call: its method and what it asks for; callbacks and signals ask for nothing. */
export function callName(method: string, given: readonly unknown[]): string {
  if (WITHOUT_ARGUMENTS.includes(method)) return method;
  const args = given.filter((item) => typeof item !== 'function' && !(item instanceof AbortSignal));
  return `${method} ${pack(args)}`;
}

/** The callback among a call's arguments. */
function listenerOf(given: readonly unknown[]): (step: unknown) => unknown {
  return (given.find((item) => typeof item === 'function') ?? (() => {})) as (step: unknown) => unknown;
}

/**
 * An engine that computes nothing: it gives stored answers.
 *
 * Throws: each call that has no stored answer rejects with an Error.
 */
export function storedEngine(answers: StoredAnswers): Engine {
  return engineOf(async (method, given) => {
    const name = callName(method, given);
    if (!(name in answers))
      throw new Error(
        `gallery: answers.json must hold the answer to ${name}, got none. Compute it anew (docs/HOWTO.md).`
      );
    const { steps, result } = unpack(answers[name]) as Answer;
    const signal = given.find((item) => item instanceof AbortSignal);
    for (const step of steps) {
      signal?.throwIfAborted();
      await listenerOf(given)(step);
    }
    return result;
  });
}

/** An engine whose every call is answered by one function. */
export function engineOf(answer: (method: string, given: readonly unknown[]) => Promise<unknown>): Engine {
  const methods = new Proxy(
    {},
    {
      get: (_, method) => {
        if (typeof method === 'symbol' || method === 'then') return undefined;
        return SILENT.includes(method) ? () => {} : (...given: unknown[]) => answer(method, given);
      }
    }
  );
  return methods as Engine;
}
