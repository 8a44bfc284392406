// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pack, type FirstRunFile } from '../../src/lib/engine';
import { DEFAULT_VIEW, type Explorer } from '../../src/lib/state';
import { MODEL, type FakeEngine } from './fake-engine.ts';
import { useFakePage } from './fake-page.ts';

const page = useFakePage();
const FOLDER = 'http://localhost/';
const { pieces: _, ...info } = MODEL;
const [A, B] = [0, 1];
const N_LAYER = 2;
const T = 2;
/** Of the prompt `ab`; the default one is too long for the model of these tests. */
const file: FirstRunFile = {
  model: { name: 'gpt2-nano', sha256: 'f'.repeat(64) },
  prompt: DEFAULT_VIEW.prompt,
  ids: [A, B],
  info,
  pieces: { names: [], specials: [], byteLevel: true, texts: { [A]: 'a', [B]: 'b' } },
  flow: {
    position: 1,
    own: Float32Array.of(0.5, 0.75),
    shares: new Float32Array(N_LAYER * T),
    heads: new Float32Array(N_LAYER * T * 2),
    pattern: new Float32Array(N_LAYER * T * 2),
    logits: new Float32Array(N_LAYER * T),
    token: A,
    lensIds: Int32Array.of(A, A, A),
    lensProbabilities: Float64Array.of(1, 1, 1)
  },
  norms: {
    resid: new Float32Array(6),
    attn_out: new Float32Array(4),
    mlp_out: new Float32Array(4),
    embed: new Float32Array(2),
    pos_embed: new Float32Array(2)
  },
  next: { ids: [A], logits: [3], sum: 1, vocab_size: 27 }
};

let engine: FakeEngine;
let explorer: Explorer;
let start: (fails?: boolean) => void;

/** Opens a link while the engine is still starting. */
async function openEarly(link: string, served = pack(file)): Promise<void> {
  globalThis.gpt2LensFirstRun = Promise.resolve(new Response(served));
  const started = engine.start.bind(engine);
  engine.start = async () => {
    const fails = await new Promise<boolean>((resolve) => (start = (fails = false) => resolve(fails)));
    if (fails) throw new Error('no backend');
    return started();
  };
  void explorer.links.start(link);
  await explorer.first.open(FOLDER);
  await page.settle();
}

beforeEach(() => {
  ({ engine, explorer } = page);
});
afterEach(() => (globalThis.gpt2LensFirstRun = undefined));

describe('Explorer.first.open(folder)', () => {
  it('shows the recorded run until a live one is there; no token is added to it', async () => {
    await openEarly('');
    expect([explorer.first.isShown, explorer.prompt.running]).toEqual([true, true]);
    expect(explorer.prompt.tokens.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(explorer.model.entry?.name).toBe('gpt2-nano');
    explorer.prompt.run?.flow(1);
    await page.settle();
    expect([...explorer.prompt.run!.flow(1)!.own]).toEqual([0.5, 0.75]);
    expect(explorer.first.next).toEqual(file.next);
    expect(explorer.nextToken.canAppend).toBe(false);
    start();
    await page.settle();
    expect(explorer.first.isShown).toBe(true); // the model is there, its run is not
    explorer.prompts.type('abc');
    await page.finish();
    expect([explorer.first.isShown, explorer.prompt.running, explorer.prompt.run?.T]).toEqual([
      false,
      false,
      3
    ]);
    expect(explorer.first.next).toBeUndefined();
    expect(explorer.reports.failure).toBeNull();
  });

  it('stays a recorded one where no engine comes', async () => {
    await openEarly('');
    start(true);
    await page.settle();
    expect(explorer.session.phase).toBe('failed');
    expect([explorer.first.isShown, explorer.prompt.running]).toEqual([true, false]);
    expect(explorer.nextToken.canAppend).toBe(false);
    expect(explorer.reports.failure).toContain('no backend');
  });

  it.each(['prompt=abc', 'layer=1', 'view=lens', 'edits=resid_pre:0:zero', 'backend=cpu', 'theme=dark'])(
    'shows nothing where the link asks for %s',
    async (link) => {
      await openEarly(link);
      expect([explorer.first.isShown, explorer.prompt.run]).toEqual([false, null]);
    }
  );

  it('shows nothing of another prompt or model, or of a page that is served in its place', async () => {
    for (const served of [
      pack({ ...file, prompt: 'ab' }),
      pack({ ...file, model: { ...file.model, name: 'other' } }),
      '<html>Sign in</html>'
    ]) {
      await openEarly('', served);
      expect([explorer.first.isShown, explorer.reports.failure]).toEqual([false, null]);
    }
  });

  it('comes too late once the model is there', async () => {
    await openEarly('prompt=abc');
    start();
    await page.settle();
    await explorer.first.open(FOLDER);
    expect(explorer.first.isShown).toBe(false);
  });
});
