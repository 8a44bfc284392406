import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/check-model/options.ts';
import { FIXTURE, kindFiles } from '../gpt2/checkpoint-kinds.ts';
import { runScript } from './run-script.ts';

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

/** A folder on the disk with a checkpoint of the fixture. */
function folderWith(kind: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'kind-'));
  made.push(folder);
  for (const [name, bytes] of Object.entries(kindFiles(FIXTURE.cases[kind])))
    writeFileSync(join(folder, name), bytes);
  return folder;
}

describe('npm run check-model', () => {
  it('says what a checkpoint is, where it departs from GPT-2 small, and what follows a text', async () => {
    const run = await runScript('check-model', [folderWith('inverse-layer'), '--prompt', 'Hello the cat']);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('2 blocks, 2 heads, n_embd 8, n_ctx 32, vocab_size 265.');
    expect(run.stdout).toContain('  scale_attn_by_inverse_layer_idx: true (GPT-2 small: false)');
    expect(run.stdout).toContain('  n_layer: 2 (GPT-2 small: 12)');
    expect(run.stdout).not.toContain('activation_function:');
    expect(run.stdout).toContain('Special tokens: <|endoftext|> (264).');
    expect(run.stdout).toContain('ids 72, 101, 108, 108, 111, 258, 32, 99, 97, 116');
    expect(run.stdout.match(/^ +\d+ +-?[\d.]+ +[\d.]+ % +id \d+ {2}"/gm)).toHaveLength(10);
  });

  it('prints JSON: what is left out, ids without a token, tokens put in front', async () => {
    const json = async (kind: string) => {
      const { stdout } = await runScript('check-model', [folderWith(kind), '--json']);
      return JSON.parse(stdout) as { notes: string[]; departures: { field: string; value: string }[] };
    };
    expect((await json('extras')).notes.join()).toContain(
      'Tensors that are left out: transformer.h.0.attn.bias'
    );
    expect((await json('padded-embedding')).notes.join()).toContain(
      'Rows of wte without a token: ids 265, 266'
    );
    const around = (await json('add-bos-own')).departures.find(({ field }) => field === 'tokenizer puts');
    expect(around?.value).toBe('"<s>" text "<|endoftext|>"');
  });

  it.each([
    [[], 'check-model: one folder must be given, got 0.'],
    [['nowhere'], '--model must be a folder, got "nowhere"'],
    [['.', '--wrong'], "check-model: Unknown option '--wrong'"]
  ])('answers %j with one line and code 2', async (args, message) => {
    const { code, stdout, stderr } = await runScript('check-model', args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('has defaults', () => {
    expect(parseOptions(['m'])).toEqual({
      model: 'm',
      backend: 'wasm',
      prompt: 'Hello, my name is',
      json: false
    });
    expect(parseOptions(['--help'])).toBeNull();
  });
});
