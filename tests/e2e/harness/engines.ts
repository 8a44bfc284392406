import { Engine, type BackendName, type BackendReport, type ModelInfo, type ReadRequest } from '$lib/engine';
import { everyActivation } from '$lib/gpt2';
import catalogue from '../../../static/models/models.json';

const [{ name, folder, files, bytes }] = catalogue.models;
const url = new URL(`models/${folder}/`, document.baseURI).href;

/** The embedded model, as the catalogue describes it. */
export const model = { source: { name, url, files, keep: false }, bytes };

export interface Opened {
  readonly engine: Engine;
  readonly report: BackendReport;
  readonly config: ModelInfo['config'];
  /** Every (name, layer) of the model, in the order of the computation. */
  readonly everyActivation: readonly Omit<ReadRequest, 'trace'>[];
}

const opened = new Map<BackendName | null, Promise<Opened>>();

/** An engine with the model loaded, on the given backend or the one it chooses (null); one of each is kept. */
export function open(backend: BackendName | null): Promise<Opened> {
  const found = opened.get(backend) ?? start(backend);
  opened.set(backend, found);
  return found;
}

async function start(backend: BackendName | null): Promise<Opened> {
  const engine = new Engine();
  const failure = new Promise<never>((_, reject) => {
    engine.onfailure((message) => reject(new Error(`worker: ${message}`)));
  });
  const report = await Promise.race([engine.start(backend), failure]);
  const { config } = await engine.load(model.source, () => {});
  return { engine, report, config, everyActivation: [...everyActivation(config)] };
}
