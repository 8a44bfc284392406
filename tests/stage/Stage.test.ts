// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/svelte';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Explorer } from '../../src/lib/state';
import { RecordedEngine } from '../../src/lib/engine/recorded/recorded-engine.ts';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import { startBackend } from '../gpt2/backends.ts';
import { tinyRecording } from '../gpt2/recording/tiny-recording.ts';
import { tinyModel } from '../gpt2/tiny-model.ts';
import { FakeEngine } from '../state/fake-engine.ts';
import { fillJsdomGaps } from '../viz/shared/jsdom-gaps';
import StageOfPage from './StageOfPage.svelte';

const IDS = [1, 0, 3, 29];
const LOAD_MS = 20_000;
const WAITING = /Reading|Not computed yet|are being read/;

describe('<Stage> of a recorded run that holds only patterns', () => {
  let explorer: Explorer;

  beforeAll(async () => {
    fillJsdomGaps();
    await startBackend('cpu');
    const model = tinyModel();
    const trace = await runTrace(model, IDS);
    const recording = await tinyRecording(trace, { parts: ['pattern'] });
    [trace, model].forEach((owner) => owner.dispose());
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    explorer = new Explorer({
      modelsUrl: 'http://localhost/lens/models/',
      createEngine: () => new FakeEngine().asEngine()
    });
    await explorer.recording.show((onneed) => Promise.resolve(new RecordedEngine(recording, onneed)));
  });
  afterEach(cleanup);
  afterAll(() => {
    explorer.dispose();
    vi.unstubAllGlobals();
  });

  const views = [
    'attention',
    'qkv',
    'mlp',
    'layernorm',
    'residual',
    'embeddings',
    'flow',
    'attention'
  ] as const;
  it.each(views)('%s says that what it waits for is not in the run', async (view) => {
    explorer.selection.show({ view });
    const { run, vocabulary } = explorer.shown;
    const { container } = render(StageOfPage, {
      props: { name: view, explorer, run: run!, vocabulary: vocabulary!, theme: 'light' }
    });
    await vi.waitFor(() => expect(container.textContent).toMatch(/among the numbers of this run/), LOAD_MS);
    expect(container.textContent).not.toMatch(WAITING);
    expect(explorer.recording.isLacking).toBe(true);
  });
});
