/** The page's state with a fake engine and a small catalogue, anew for every test. */
import { afterEach, beforeEach, vi } from 'vitest';
import { Explorer } from '../../src/lib/state';
import { FakeEngine } from './fake-engine.ts';

const entry = (name: string, n_ctx: number) => ({
  name,
  folder: name,
  parameters: 1,
  dtype: 'F32',
  bytes: 1,
  n_layer: 2,
  n_head: 2,
  n_embd: 8,
  n_ctx,
  licence: 'MIT',
  summary: 'For tests.',
  files: []
});

/** @param models the catalogue: names and how many tokens each reads; the first is the default */
export function useFakePage(models: readonly [string, number][] = [['gpt2-nano', 8]]) {
  let engine: FakeEngine;
  let explorer: Explorer;
  const catalogue = {
    version: 1,
    default: models[0][0],
    hub: 'https://hub.example',
    models: models.map(([name, n_ctx]) => entry(name, n_ctx))
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(catalogue)));
    engine = new FakeEngine();
    explorer = new Explorer({
      modelsUrl: 'http://localhost/models/',
      createEngine: () => engine.asEngine()
    });
  });

  afterEach(() => {
    explorer.dispose();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Lets everything that is ready happen. */
  const settle = () => vi.advanceTimersByTimeAsync(1000);
  /** Ends the oldest run. */
  const finish = async () => {
    await settle();
    engine.runs[0]?.finish();
    await settle();
  };
  return {
    get engine() {
      return engine;
    },
    get explorer() {
      return explorer;
    },
    settle,
    finish,
    /** Opens a link and ends its run. */
    open: (query: string) => {
      void explorer.links.start(query);
      return finish();
    },
    /** The prompts of the runs under way. */
    prompts: () => engine.runs.map(({ ids }) => ids.map((id) => String.fromCharCode(97 + id)).join(''))
  };
}
