import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/record/options.ts';
import { asFloat32, readRecording, type Recording } from '../../src/lib/gpt2/recording/read.ts';
import { compareActivation, passes } from '../reference/compare.ts';
import { loadFixture, manifest } from '../reference/fixture.ts';
import { tolerance } from '../tolerance.ts';
import { runScript } from './run-script.ts';

const NANO = 'static/models/gpt2-nano';
const folder = mkdtempSync(join(tmpdir(), 'record-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('record --out', () => {
  const prompt = manifest.prompts.find(({ slug }) => slug === 'emoji')!;
  const out = join(folder, 'emoji.lens');
  let recording: Recording;

  beforeAll(async () => {
    const run = await runScript('record', ['--model', NANO, '--prompt', prompt.text, '--out', out]);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    recording = readRecording(readFileSync(out));
  });

  it('records what TransformerLens computes, under its names', () => {
    const fixture = loadFixture(prompt.slug, 'tl');
    for (const name of Object.keys(fixture.rows)) {
      const found = recording.arrays.get(name);
      if (name.endsWith('hook_result')) {
        expect(found).toBeUndefined();
        continue;
      }
      const { shape } = found!;
      const result = compareActivation(name, shape, asFloat32(found!), fixture, tolerance('wasm', name));
      expect(passes(result), `${name} ${result.worstAt}`).toBe(true);
    }
  });

  it("names the model, its weights' SHA-256, and the bytes of every token", () => {
    const { model, tokens } = recording.about;
    expect(model.name).toBe('gpt2-nano');
    const weights = readFileSync(join(NANO, 'model.safetensors'));
    expect(model.sha256).toBe(createHash('sha256').update(weights).digest('hex'));
    const bytes = Uint8Array.from(tokens.flatMap((token) => token.bytes));
    expect(new TextDecoder().decode(bytes)).toBe(prompt.text);
    expect(tokens.map(({ id }) => id)).toEqual(prompt.ids);
  });

  it('replaces no file unless told, and leaves none where the model cannot be read', async () => {
    const again = await runScript('record', ['--model', NANO, '--prompt', 'a', '--out', out]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('it is there already');
    const none = join(folder, 'none.lens');
    const wrong = await runScript('record', ['--model', folder, '--prompt', 'a', '--out', none]);
    expect(wrong.code).toBe(2);
    expect(existsSync(none)).toBe(false);
  });
});

describe('parseOptions(args)', () => {
  const parse = (...args: string[]) =>
    parseOptions(['--model', 'm', '--prompt', 'p', '--out', 'o', ...args])!;

  it('keeps all but result, all, or what is named', () => {
    expect(parse().parts).not.toContain('result');
    expect(parse('--keep', 'all').parts).toContain('result');
    expect(parse('--keep', 'pattern, lens').parts).toEqual(['pattern', 'lens']);
    expect(parse('--dtype', 'F16').dtype).toBe('F16');
  });

  it('names a part or a dtype that there is not, and a missing file', () => {
    expect(() => parse('--keep', 'heads')).toThrow('--keep must be parts of a run, got "heads" in it');
    expect(() => parse('--dtype', 'BF16')).toThrow('--dtype must be F32 or F16, got "BF16"');
    expect(() => parseOptions(['--model', 'm', '--prompt', 'p'])).toThrow('--out must be given');
  });
});
