import * as tf from '@tensorflow/tfjs-core';
import {
  BACKENDS,
  type BackendName,
  type BackendReport,
  type LoadProgress,
  type ModelSource
} from '$lib/engine';
import {
  CHECK_TOLERANCE,
  chooseBackend,
  engineHost,
  ModelShelf,
  solveProblems,
  withRunningThreads
} from '$lib/engine/in-worker';
import { loadModel, type Gpt2Model } from '$lib/gpt2';
import { checkSources, checkValues, problemRows } from './run-checks';
import { measureSpeed, memoryNow } from './speed';
import type { CheckMemory, CheckRow, Speed } from './types';
import { storedValues, type ValuesFile } from './values-file';

/** What is to be checked on one backend. */
export interface CheckRequest {
  readonly backend: BackendName;
  readonly source: ModelSource;
  /** `stored`: the values that come with the page; null: none. */
  readonly values: ValuesFile | 'stored' | null;
}

/** What the checks of one backend end with; its rows came before. */
export interface CheckResult {
  readonly report: BackendReport;
  readonly speed: Speed;
  readonly memory: CheckMemory;
}

/** Runs the checks in a worker of its own, so that one backend leaves nothing to the next. */
export class CheckService {
  /**
   * Throws: Error with the reason if the backend does not start, the model cannot be read or the values are another's.
   */
  async run(
    { backend, source, values }: CheckRequest,
    onrow: (row: CheckRow) => void,
    onprogress: (progress: LoadProgress) => void
  ): Promise<CheckResult> {
    const others = BACKENDS.filter((name) => name !== backend);
    const report = await withRunningThreads(await chooseBackend(backend, engineHost, { broken: others }));
    for (const row of problemRows(await solveProblems(), CHECK_TOLERANCE)) onrow(row);
    const model = await new ModelShelf().read(source, { onprogress }, (files) => loadModel(files));
    const before = tf.memory().numTensors;
    for await (const row of rowsOf(model, values === 'stored' ? await storedValues() : values)) onrow(row);
    return { report, speed: await measureSpeed(model), memory: memoryNow(before) };
  }
}

async function* rowsOf(model: Gpt2Model, values: ValuesFile | null): AsyncGenerator<CheckRow> {
  if (values) yield* checkValues(model, values);
  yield* checkSources(model);
}
