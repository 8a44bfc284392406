import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRecording } from '../../src/lib/engine/recorded/open-recording.ts';
import type { Gpt2Model } from '../../src/lib/gpt2';
import { runTrace } from '../../src/lib/gpt2/trace/forward.ts';
import type { Trace } from '../../src/lib/gpt2/trace/trace.ts';
import { Explorer } from '../../src/lib/state';
import { startBackend } from '../gpt2/backends.ts';
import { tinyFile } from '../gpt2/recording/tiny-recording.ts';
import { tinyModel } from '../gpt2/tiny-model.ts';
import { FakeEngine } from './fake-engine.ts';

const IDS = [1, 0, 3, 29]; // b, a, d, and the special token, which is called 3 there

describe('Explorer on a recorded run', () => {
  let model: Gpt2Model;
  let trace: Trace;
  let file: Uint8Array<ArrayBuffer>;
  let explorer: Explorer;
  let engine: FakeEngine;

  beforeAll(async () => {
    await startBackend('cpu');
    model = tinyModel();
    trace = await runTrace(model, IDS);
    file = Uint8Array.from(await tinyFile(trace));
  });
  afterAll(() => [trace, model].forEach((owner) => owner.dispose()));

  beforeEach(() => {
    engine = new FakeEngine();
    const served = (url: URL | string) => {
      const { pathname } = new URL(url);
      if (pathname.endsWith('/recordings/tiny.lens')) return new Response(file);
      if (pathname.endsWith('models.json'))
        return Response.json({ version: 1, default: 'gpt2-nano', hub: 'https://hub.example', models: [] });
      return new Response('', { status: 404 });
    };
    vi.stubGlobal('fetch', (url: URL | string) => Promise.resolve(served(url)));
    explorer = new Explorer({
      modelsUrl: 'http://localhost/lens/models/',
      createEngine: () => engine.asEngine()
    });
  });
  afterEach(() => {
    explorer.dispose();
    vi.unstubAllGlobals();
  });

  it('shows the run that a link names, its own prompt, and its numbers', async () => {
    await explorer.links.start('recording=tiny&prompt=other&bos=1&view=attention');
    expect(explorer.selection.view).toMatchObject({
      recording: 'tiny',
      prompt: 'bad3',
      bos: false,
      model: 'tiny'
    });
    expect(explorer.prompt.run?.handle.ids).toEqual(IDS);
    expect(explorer.session.backend).toBeNull();
    expect(explorer.prompt.tokens.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['b', 0, 1],
      ['a', 1, 2],
      ['d', 2, 3],
      ['3', 3, 4]
    ]);
    expect(explorer.prompt.run?.logits(3)).toEqual(await trace.logits('last'));
    const read = await explorer.session.engine!.read({ trace: 1, name: 'pattern', layer: 1 });
    expect(read.data).toEqual((await trace.read('pattern', 1)).data);
    expect(explorer.selection.link).toContain('recording=tiny');
    expect(explorer.reports.failure).toBeNull();
  });

  it('shows a run that was recorded without logits, and says where they are needed', async () => {
    file = Uint8Array.from(await tinyFile(trace, { parts: ['pattern'] }));
    await explorer.links.start('recording=tiny&view=attention');
    const read = await explorer.session.engine!.read({ trace: 1, name: 'pattern', layer: 0 });
    expect(read.data).toEqual((await trace.read('pattern', 0)).data);
    expect(explorer.recording.isLacking).toBe(false);
    expect(explorer.prompt.run?.logits(3)).toBeUndefined();
    await vi.waitFor(() => expect(explorer.recording.isLacking).toBe(true));
    expect(explorer.reports.failure).toBeNull();
    file = Uint8Array.from(await tinyFile(trace));
  });

  it('notes the view that asks for what needs weights, and no other', async () => {
    await explorer.links.start('recording=tiny&view=weights');
    expect(explorer.recording.isLacking).toBe(false);
    const asked = explorer.session.engine!.survey('copying', {}, () => {});
    await expect(asked).rejects.toThrow('must be one that holds the survey copying');
    explorer.reportFailure(await asked.catch((error: unknown) => error));
    expect(explorer.recording.isLacking).toBe(true);
    expect(explorer.reports.failure).toBeNull();
    explorer.selection.show({ view: 'attention' });
    expect(explorer.recording.isLacking).toBe(false);
  });

  it('says that another prompt needs weights, keeps the recorded one, and goes back to it', async () => {
    await explorer.links.start('recording=tiny');
    explorer.prompts.open('bad');
    await vi.waitFor(() => expect(explorer.prompt.running).toBe(false));
    expect(explorer.recording.isOtherPrompt).toBe(true);
    expect(explorer.prompt.run?.handle.ids).toEqual(IDS);
    expect(explorer.reports.failure).toBeNull();
    explorer.prompts.open('bad3');
    await vi.waitFor(() => expect(explorer.prompt.running).toBe(false));
    expect(explorer.recording.isOtherPrompt).toBe(false);
  });

  it('opens a file of the reader, which no link names', async () => {
    expect(await explorer.recording.open(new Blob([file]))).toBe(true);
    expect(explorer.selection.view).toMatchObject({ recording: '', prompt: 'bad3' });
    expect(explorer.prompt.run?.handle.ids).toEqual(IDS);
  });

  it.each([
    ['recording=none', '/recordings/none.lens did not arrive (status 404)'],
    ['recording=https://elsewhere.example/a.lens', 'elsewhere.example/a.lens is on another site'],
    ['recording=%3Cscript%3E', 'should be the name of a recording']
  ])('says why it cannot open %s, and computes instead', async (link, sentence) => {
    void explorer.links.start(link);
    await vi.waitFor(() => expect(explorer.reports.notices.join()).toContain(sentence));
    expect(explorer.selection.view.recording).toBe('');
    expect(explorer.recording.engine).toBeNull();
  });

  it('refuses a file that is no recorded run, and keeps what is shown', async () => {
    await explorer.links.start('recording=tiny');
    expect(await explorer.recording.open(new Blob(['no zip']))).toBe(false);
    expect(explorer.reports.notices.join()).toContain('file must be a whole zip');
    expect(explorer.selection.view.recording).toBe('tiny');
    expect(explorer.prompt.run?.handle.ids).toEqual(IDS);
  });

  it.each([
    ['before it answers', () => new Promise<Response>(() => {})],
    ['in its answer', () => Promise.resolve(new Response(new ReadableStream({ start: sendOne })))]
  ])('gives up a host that falls silent %s', async (_, answer) => {
    vi.stubGlobal('fetch', answer);
    const opening = openRecording('tiny', 'http://localhost/recordings/', () => {}, 20);
    await expect(opening).rejects.toThrow('/recordings/tiny.lens must be served, got no byte for 0 s');
  });
});

const sendOne = (stream: ReadableStreamDefaultController<Uint8Array>) => stream.enqueue(Uint8Array.of(1));
