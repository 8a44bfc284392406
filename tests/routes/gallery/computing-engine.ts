/** An engine that computes with a tiny model and writes down every answer that it gives. */
import { Blob } from 'node:buffer';
import type { Engine } from '../../../src/lib/engine';
import { EngineService } from '../../../src/lib/engine/service.ts';
import { pack } from '../../../src/lib/engine/packed.ts';
import { callName, engineOf, storedEngine } from '../../../src/routes/gallery/stored-engine.ts';
import { startBackend } from '../../gpt2/backends.ts';
import { makeFolder } from '../../models/tiny-folder.ts';

/** What stands for the machine, so that the answers are the same on each. */
const MACHINE: Readonly<Record<string, unknown>> = {
  start: { name: 'cpu', kernels: null, threads: 1, missingThreads: null, checkError: 0, passedOver: [] },
  shelf: { models: [], canKeep: false, usedBytes: null, quotaBytes: null }
};
/** Calls that the service takes without a number. */
const WITHOUT_NUMBER = ['tokenize', 'layerNorm', 'memory'];
const MILLISECONDS = 1;

type Calls = Record<string, (...given: unknown[]) => Promise<unknown>>;

/** Starts the tiny model, whose answers the gallery stores. */
export async function startComputing() {
  await startBackend('cpu');
  const service = new EngineService();
  const files = makeFolder({ config: { n_layer: 3, n_head: 3, n_embd: 12, n_inner: 20, n_ctx: 64 } });
  const blobs = Object.entries(files).map(([name, bytes]) => ({ name, blob: new Blob([bytes]) as never }));
  const info = await service.load(0, { name: 'gallery', url: '', files: [], keep: false, blobs }, () => {});
  const known: Readonly<Record<string, unknown>> = { ...MACHINE, load: info };
  const answers: Record<string, string> = {};
  let calls = 0;

  function compute(method: string, given: readonly unknown[]): Promise<unknown> {
    const asked = given.filter((item) => !(item instanceof AbortSignal));
    const numbered = WITHOUT_NUMBER.includes(method) ? asked : [++calls, ...asked];
    return (service as unknown as Calls)[method].apply(service, numbered);
  }

  async function answerOf(method: string, given: readonly unknown[]): Promise<string> {
    if (method in known) return pack({ steps: [], result: known[method] });
    const steps: unknown[] = [];
    const listening = given.map((item) =>
      typeof item === 'function' ? (step: unknown) => void steps.push(JSON.parse(pack(step))) : item
    );
    const result = (await compute(method, listening)) as object | undefined;
    if (result && 'milliseconds' in result) Object.assign(result, { milliseconds: MILLISECONDS });
    return pack({ steps, result });
  }

  return {
    /** Each call is computed once, so that a run has one handle. */
    createEngine: (): Engine =>
      engineOf(async (method, given) => {
        const name = callName(method, given);
        answers[name] ??= await answerOf(method, given);
        const stored = storedEngine(answers) as unknown as Calls;
        return stored[method](...given);
      }),
    answers: () => Object.fromEntries(Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)))
  };
}
