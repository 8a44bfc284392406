import { passKey, plannedKey, runTrace, type Edit, type Gpt2Transformer, type Trace } from '$lib/gpt2';
import type { MeasureName, MeasureOptions, MeasureResult, MeasureStep } from './measures';
import { sendSteps } from './send-steps';
import type { SerialQueue } from './serial-queue';
import type { TraceStore } from './trace-store';

/** After everything that a picture waits for: a grid may take minutes, and every cell of it is a turn of its own. */
const MEASURE_RANK = 2;

/** Edits of a run, the run that `patch` and `difference` take from (null: none), and those that `mean` is over. */
export interface SentEdits {
  readonly edits: readonly Edit[];
  readonly other: number | null;
  readonly references?: readonly number[];
}

/**
 * An edited run of some ids: the one that is held already, or a new one that shares what it can with the unedited run,
 * which is made first where it is not held.
 *
 * Memory: the caller holds one reference of the handle that it gets; no other reference stays.
 * Throws: as `runTrace`.
 */
export async function editedTrace(
  traces: TraceStore,
  model: Gpt2Transformer,
  ids: readonly number[],
  { edits, other, references = [] }: SentEdits,
  newTrace: (run: () => Promise<Trace>) => Promise<number>,
  signal: AbortSignal
): Promise<number> {
  const sources = {
    other: other === null ? undefined : traces.get(other),
    references: references.map((handle) => traces.get(handle))
  };
  const held = traces.reuse(passKey(model, ids, plannedKey(edits, sources)));
  if (held !== null) return held;
  const taken = [...(other === null ? [] : [other]), ...references];
  for (const handle of taken) traces.hold(handle);
  let base: number | null = null;
  try {
    base = traces.reuse(passKey(model, ids)) ?? (await newTrace(() => runTrace(model, ids, { signal })));
    const options = { ...sources, edits, base: traces.get(base), signal };
    return await newTrace(() => runTrace(model, ids, options));
  } finally {
    if (base !== null) traces.release(base);
    for (const handle of taken) traces.release(handle);
  }
}

/**
 * One measure of traces that are held, step by step; each step waits for its turn in the queue.
 *
 * Memory: the traces are held until it ends.
 * Throws: what the measure throws; the signal's reason once it is aborted.
 */
export async function measured<K extends MeasureName>(
  { traces, queue }: { readonly traces: TraceStore; readonly queue: SerialQueue },
  name: K,
  handles: readonly number[],
  options: MeasureOptions<K>,
  onstep: (step: MeasureStep<K>) => void | Promise<void>,
  signal: AbortSignal
): Promise<MeasureResult<K>> {
  const { MEASURES } = await import('./measures');
  const held = handles.map((handle) => traces.hold(handle));
  const begin = MEASURES[name] as (
    held: readonly Trace[],
    options: MeasureOptions<K>,
    signal: AbortSignal
  ) => AsyncGenerator<MeasureStep<K>, MeasureResult<K>, void> | Promise<MeasureResult<K>>;
  try {
    return await queue
      .run(async () => ({ work: await settledOrSteps(begin(held, options, signal)) }), MEASURE_RANK, signal)
      .then(({ work }) =>
        'steps' in work ? sendSteps(inTurns(work.steps, queue, signal), onstep, signal) : work.value
      );
  } catch (error) {
    signal.throwIfAborted(); // what failed because its model went is not a failure
    throw error;
  } finally {
    for (const handle of handles) traces.release(handle);
  }
}

async function settledOrSteps<S, R>(
  work: AsyncGenerator<S, R, void> | Promise<R>
): Promise<{ steps: AsyncGenerator<S, R, void> } | { value: R }> {
  return Symbol.asyncIterator in work ? { steps: work } : { value: await work };
}

/** The same steps, each computed when it is its turn. */
async function* inTurns<S, R>(
  steps: AsyncGenerator<S, R, void>,
  queue: SerialQueue,
  signal: AbortSignal
): AsyncGenerator<S, R, void> {
  try {
    for (;;) {
      const { done, value } = await queue.run(() => steps.next(), MEASURE_RANK, signal);
      if (done) return value;
      yield value;
    }
  } finally {
    await steps.return(undefined as R); // frees what it holds where it is stopped
  }
}
