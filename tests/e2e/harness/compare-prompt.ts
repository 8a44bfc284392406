import type { BackendName } from '$lib/engine';
import { compareActivation, type Comparison } from '../../reference/compare';
import { parseFixture, type ReferenceFixture, type ReferenceSource } from '../../reference/parse-fixture';
import { tolerance } from '../../tolerance';
import { open, type Opened } from './engines';

/** What one reference program says of one activation as it arrived on the page. */
export interface SourcedComparison extends Comparison {
  readonly source: ReferenceSource;
}

export interface PromptReport {
  readonly comparisons: SourcedComparison[];
  /** Activations that a fixture holds and nothing was compared with. */
  readonly missing: string[];
  /** Wall-clock time of the forward pass, and of everything here. */
  readonly runMilliseconds: number;
  readonly totalMilliseconds: number;
}

interface Arrived {
  readonly fullName: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const SOURCES: readonly ReferenceSource[] = ['tl', 'hf'];

const fixtureUrls = import.meta.glob<string>('../../fixtures/reference/*.npz', {
  query: '?url',
  import: 'default',
  eager: true
});

async function fetchFixture(slug: string, source: ReferenceSource): Promise<ReferenceFixture> {
  const file = `${slug}.${source}.npz`;
  const response = await fetch(fixtureUrls[`../../fixtures/reference/${file}`]);
  return parseFixture(file, new Uint8Array(await response.arrayBuffer()));
}

/**
 * Tokenizes and runs a prompt, reads every activation through the engine's client and holds each beside what
 * TransformerLens and Hugging Face computed.
 *
 * Throws: Error if another backend was taken, or the ids are not the references'.
 */
export async function comparePrompt(backend: BackendName, slug: string, text: string): Promise<PromptReport> {
  const started = performance.now();
  const opened = await open(backend);
  const { engine, report } = opened;
  if (report.name !== backend) throw new Error(`compare: backend must be ${backend}, got ${report.name}.`);
  const fixtures = await Promise.all(SOURCES.map((source) => fetchFixture(slug, source)));
  const ids = (await engine.tokenize(text)).map(({ id }) => id);
  if (fixtures.some((fixture) => fixture.ids.join() !== ids.join()))
    throw new Error(`compare: ids of "${slug}" must be the fixtures', got ${ids}.`);
  const handle = await engine.run(ids);
  const left = new Set(fixtures.flatMap((fixture) => Object.keys(fixture.rows)));
  const comparisons: SourcedComparison[] = [];
  for await (const { fullName, shape, data } of readEverything(opened, handle.trace, ids.length)) {
    left.delete(fullName);
    for (const [i, fixture] of fixtures.entries()) {
      if (!(fullName in fixture.rows)) continue;
      const allowed = tolerance(backend, fullName);
      comparisons.push({
        source: SOURCES[i],
        ...compareActivation(fullName, shape, data, fixture, allowed)
      });
    }
  }
  engine.release(handle.trace);
  return {
    comparisons,
    missing: [...left],
    runMilliseconds: handle.milliseconds,
    totalMilliseconds: performance.now() - started
  };
}

/** Every activation by itself, and from them the hidden states as Hugging Face stacks them. */
async function* readEverything(opened: Opened, trace: number, T: number): AsyncGenerator<Arrived> {
  const { engine, config, everyActivation } = opened;
  const hidden: Float32Array[] = [];
  for (const { name, layer } of everyActivation) {
    const arrived = await engine.read({ trace, name, layer });
    const isHidden =
      (name === 'resid_pre' && layer === 0) ||
      (name === 'resid_post' && layer! < config.n_layer - 1) ||
      name === 'ln_final.normalized';
    if (isHidden) hidden.push(arrived.data);
    yield arrived;
  }
  const { n_layer, n_embd } = config;
  const data = new Float32Array((n_layer + 1) * T * n_embd);
  hidden.forEach((state, depth) => data.set(state, depth * T * n_embd));
  yield { fullName: 'hidden_states', shape: [n_layer + 1, T, n_embd], data };
}
