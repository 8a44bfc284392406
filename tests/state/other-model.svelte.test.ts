// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackendReport, RecordedEngine } from '../../src/lib/engine';
import { createVocabulary } from '../../src/lib/gpt2';
import { DEFAULT_VIEW, type Models } from '../../src/lib/state';
import { OtherModel } from '../../src/lib/state/why/other-model.svelte';
import { FakeEngine, LETTERS, MODEL, PIECES } from './fake-engine.ts';

const SMALL = 124_439_808; // parameters of gpt2
const NOTHING = new AbortController().signal;

/** A page with gpt2 in use and other models beside it. */
function page(change: { prompt?: string; other_model?: string | null; isHere?: boolean } = {}) {
  const { prompt = 'ab', other_model = 'other', isHere = true } = change;
  const [own, second] = [new FakeEngine(), new FakeEngine()];
  const models = {
    rows: [
      { name: 'gpt2', parameters: SMALL },
      { name: 'other', parameters: SMALL },
      { name: 'unknown', parameters: null }
    ],
    openable: () => ['gpt2', 'other', 'unknown'],
    find: (name: string) =>
      Promise.resolve({ source: { name, url: '', files: [], keep: false }, entry: null, isHere })
  } as unknown as Models;
  const needs = {
    selection: { view: { ...DEFAULT_VIEW, prompt, other_model } },
    models,
    session: { engine: own.asEngine(), backend: { name: 'cpu' } as BackendReport },
    recording: { engine: null as RecordedEngine | null },
    model: {
      entry: { name: 'gpt2', parameters: SMALL },
      vocabulary: createVocabulary(LETTERS, PIECES.length)
    },
    createEngine: () => second.asEngine(),
    readFailed: (error: unknown) => {
      throw error;
    }
  };
  return { needs, own, second, other: new OtherModel(needs) };
}

const withMemory = (gigabytes: number) => vi.stubGlobal('navigator', { deviceMemory: gigabytes });

/** Opens the model that the view names, and ends its run. */
async function opened({ other, second }: ReturnType<typeof page>) {
  const done = other.update(NOTHING);
  await vi.waitFor(() => expect(second.runs).toHaveLength(1));
  second.runs[0].finish();
  await done;
}

describe('OtherModel', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('runs the prompt in an engine of its own, beside the one in use', async () => {
    const at = page();
    await opened(at);
    expect(at.other.run?.tokens.map(({ text }) => text)).toEqual(['a', 'b']);
    expect([at.other.name, at.other.problem]).toEqual(['other', null]);
    expect(at.own.runs).toEqual([]);
    expect(at.other.choices).toEqual(['other', 'unknown']);
    expect(at.other.sharesVocabulary).toBe(true);
  });

  it('gives the model back with its engine', async () => {
    const at = page();
    await opened(at);
    at.needs.selection.view.other_model = null;
    await at.other.update(NOTHING);
    expect(at.second.disposed).toBe(true);
    expect([at.other.run, at.other.info, at.other.name]).toEqual([null, null, null]);
    expect(at.own.disposed).toBe(false);
  });

  it('refuses before it reads anything where both would not fit', async () => {
    withMemory(2); // a tab gets 1 GB; each of the two takes 0.84
    const at = page();
    await at.other.update(NOTHING);
    const says =
      'Both models together need about 1.7 GB of memory; on a device with 2 GB, a tab gets about 1.0 GB.';
    expect(at.other.problem).toBe(says);
    expect(at.other.refusal('other')).toBe(says);
    expect(at.second.runs).toEqual([]);
    expect(at.other.info).toBeNull();
  });

  it('says that a recorded run cannot have a model beside it, and opens none', async () => {
    const at = page();
    at.needs.recording.engine = {} as RecordedEngine;
    expect(at.other.refusal('other')).toMatch(/^A recorded run is open/);
    await at.other.update(NOTHING);
    expect(at.other.problem).toMatch(/^A recorded run is open/);
    expect([at.other.info, at.second.runs]).toEqual([null, []]);
  });

  it('says what both take, and refuses a model whose size nobody knows', () => {
    withMemory(8);
    const { other } = page();
    expect(other.memory('other')).toBe('Both models together take about 1.7 GB of memory.');
    expect(other.refusal('other')).toBeNull();
    expect(other.refusal('unknown')).toMatch(/not known/);
  });

  it('says which letters of the prompt the other model has no token for', async () => {
    const { tokenize } = FakeEngine.prototype;
    const known = (text: string) =>
      tokenize(text).then((all) => all.filter(({ text }) => 'ab'.includes(text)));
    const part = page({ prompt: 'aeb c c' });
    part.second.tokenize = known;
    await opened(part);
    expect(part.other.run?.tokens.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(part.other.note).toBe(
      'other has no token for 5 of the prompt’s 7 characters (c e): run B is without them.'
    );
    const none = page({ prompt: 'cd' });
    none.second.tokenize = known;
    await none.other.update(NOTHING);
    expect(none.other.run).toBeNull();
    expect(none.other.problem).toMatch(/^other has no token for any character of this prompt/);
    expect(none.other.note).toBeNull();
  });

  it('says that a model is not on this device, and that a prompt is too long for it', async () => {
    const away = page({ isHere: false });
    await away.other.update(NOTHING);
    expect(away.other.problem).toMatch(/other/);
    const long = page({ prompt: 'a'.repeat(MODEL.config.n_ctx + 1) });
    await long.other.update(NOTHING);
    expect(long.other.problem).toBe('The prompt has 9 tokens in the other model, which reads 8.');
    expect(long.other.run).toBeNull();
  });
});
