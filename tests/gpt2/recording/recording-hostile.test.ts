import fc from 'fast-check';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingError } from '../../../src/lib/gpt2/errors.ts';
import type { Gpt2Model } from '../../../src/lib/gpt2/model/model.ts';
import { readRecording } from '../../../src/lib/gpt2/recording/read.ts';
import { runTrace } from '../../../src/lib/gpt2/trace/forward.ts';
import { startBackend } from '../backends.ts';
import { concat } from '../make-safetensors.ts';
import { tinyIds, tinyModel } from '../tiny-model.ts';
import { tinyFile } from './tiny-recording.ts';

describe('readRecording(bytes) on wrong and hostile files', () => {
  let good: Uint8Array;
  let files: Record<string, Uint8Array>;
  let model: Gpt2Model;

  beforeAll(async () => {
    await startBackend('cpu');
    model = tinyModel();
    const trace = await runTrace(model, tinyIds(3));
    good = await tinyFile(trace, { parts: ['pattern', 'logits', 'lens'] });
    trace.dispose();
    files = unzipSync(good);
  });
  afterAll(() => model.dispose());

  const stored = (parts: Zippable) => zipSync(parts, { level: 0 });
  /** The good file with parts changed; null takes one out. */
  function changed(parts: Record<string, Uint8Array | string | null>): Uint8Array {
    const all: Record<string, Uint8Array> = { ...files };
    for (const [name, content] of Object.entries(parts)) {
      if (content === null) delete all[name];
      else all[name] = typeof content === 'string' ? strToU8(content) : content;
    }
    return stored(all);
  }
  const about = (change: (json: Record<string, unknown> & { model: Record<string, unknown> }) => void) => {
    const json = JSON.parse(new TextDecoder().decode(files['recording.json'])) as Parameters<
      typeof change
    >[0];
    change(json);
    return { 'recording.json': JSON.stringify(json) };
  };

  it('says of each wrong file what is wrong, and what to do', () => {
    const cases: [Uint8Array, string][] = [
      [new Uint8Array(0), 'file must be a whole zip'],
      [strToU8('<!doctype html>'), 'file must be a whole zip'],
      [good.subarray(0, good.length - 40), 'file must be a whole zip'],
      [changed({ 'recording.json': null }), 'a zip with recording.json, got none'],
      [changed({ 'recording.json': '{' }), 'recording.json must be JSON'],
      [changed({ 'recording.json': Uint8Array.of(0xff, 0xfe) }), 'recording.json must be UTF-8'],
      [changed(about((json) => (json.version = 2))), 'recording.json: version must be 1, got 2'],
      [changed(about((json) => (json.format = 'other'))), 'recording.json: format must be'],
      [changed(about((json) => (json.tokens = []))), 'must be 1 to 32 tokens, got 0'],
      [changed(about((json) => (json.tokens = [{ id: 30, bytes: [] }]))), 'must be ids below 30, got 30'],
      [changed(about((json) => (json.model.sha256 = 'x'))), 'model.sha256'],
      [changed(about((json) => (json.model.config = { n_layer: 1e9 }))), 'model: parseConfig: n_layer'],
      [changed({ 'logits.npy': 'no array' }), 'logits must be a .npy array'],
      [
        changed({ 'logits.npy': files['input_ids.npy'] }),
        'logits must be float32 or float16 [3, 30], got int32 [3]'
      ],
      [changed({ 'logits.npy': files['logits.npy'].subarray(0, -4) }), 'logits must hold 90 values'],
      [changed({ 'vocabulary.json': '[]' }), 'vocabulary.json'],
      [zipSync(files, { level: 9 }), 'must be stored as it is, got compressed']
    ];
    for (const [file, sentence] of cases) {
      expect(() => readRecording(file), sentence).toThrow(RecordingError);
      expect(() => readRecording(file)).toThrow(sentence);
    }
  });

  it('refuses tokens that differ from input_ids, and takes a file without ids or vocabulary', () => {
    const other = about((json) => ((json.tokens as { id: number }[])[0].id = 9));
    expect(() => readRecording(changed(other))).toThrow('input_ids must be the tokens of recording.json');
    const { pieces } = readRecording(changed({ 'vocabulary.json': null, 'input_ids.npy': null }));
    expect(pieces.pieces.filter((piece) => piece !== null)).toEqual(['d', 'k', 'r']); // ids 3, 10, 17
  });

  it('refuses a file that claims more parts than anyone reads', () => {
    const parts = Object.fromEntries(Array.from({ length: 20_001 }, (_, i) => [`${i}`, new Uint8Array(0)]));
    expect(() => readRecording(stored(parts))).toThrow('at most 20000 parts');
  });

  function expectTakenOrRefused(file: Uint8Array): void {
    try {
      const { about: found, arrays } = readRecording(file);
      for (const { shape, data } of arrays.values()) {
        expect(data.length).toBe(shape.reduce((product, size) => product * size, 1));
        expect(data.byteLength).toBeLessThanOrEqual(file.length);
      }
      expect(found.tokens.length).toBeGreaterThan(0);
    } catch (error) {
      if (!(error instanceof RecordingError)) throw error;
    }
  }

  it('takes or refuses random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 128 }), expectTakenOrRefused), { numRuns: 1000 });
  });

  it('takes or refuses a good file with bytes changed, cut off or added', () => {
    const property = fc.property(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.nat(good.length),
      fc.uint8Array({ maxLength: 8 }),
      (changes, length, added) => {
        const file = Uint8Array.from(good);
        for (const [at, value] of changes) file[at] = value;
        expectTakenOrRefused(file);
        expectTakenOrRefused(file.subarray(0, length));
        expectTakenOrRefused(concat([file, added]));
      }
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('takes or refuses a good file whose table of contents is damaged', () => {
    const start = good.length - 1200; // the table of contents stands at the end
    const property = fc.property(
      fc.array(fc.tuple(fc.nat(1199), fc.nat(255)), { minLength: 1, maxLength: 8 }),
      (changes) => {
        const file = Uint8Array.from(good);
        for (const [at, value] of changes) file[start + at] = value;
        expectTakenOrRefused(file);
      }
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('takes or refuses any recording.json and any array', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('__proto__', 1e308, -1, null));
    const property = fc.property(value, fc.uint8Array({ maxLength: 90 }), fc.string(), (json, bytes, key) => {
      expectTakenOrRefused(changed({ 'recording.json': JSON.stringify(json) }));
      expectTakenOrRefused(changed(about((all) => Object.assign(all, { [key]: json }))));
      for (const field of ['model', 'tokens', 'made', 'dtype'] as const)
        expectTakenOrRefused(changed(about((all) => Object.assign(all, { [field]: json }))));
      expectTakenOrRefused(changed({ 'logits.npy': bytes, 'vocabulary.json': JSON.stringify(json) }));
    });
    fc.assert(property, { numRuns: 200 });
  });
});
