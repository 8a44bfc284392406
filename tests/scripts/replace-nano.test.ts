import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const FILES = [
  'config.json',
  'model.safetensors',
  'vocab.json',
  'merges.txt',
  'tokenizer_config.json',
  'CARD.md'
];
const CONFIG = { model_type: 'gpt2', n_layer: 12, n_head: 12, n_embd: 216, n_ctx: 512, vocab_size: 50_257 };

let folder: string;
let catalogue: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-nano-'));
  catalogue = readFileSync('static/models/models.json', 'utf8');
  for (const file of FILES) writeFileSync(join(folder, file), '');
  writeConfig({});
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  expect(readFileSync('static/models/models.json', 'utf8')).toBe(catalogue); // a refused folder changes nothing
});

const writeConfig = (changes: object) =>
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...CONFIG, ...changes }));

function refusal(...args: string[]): string {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/replace-nano.mjs', ...args], {
    encoding: 'utf8'
  });
  expect(status).toBe(2);
  expect(stderr.trim()).not.toContain('\n');
  return stderr;
}

describe('scripts/replace-nano.mjs', () => {
  it('says how it is used', () => {
    expect(refusal()).toMatch(/^Usage: node scripts\/replace-nano\.mjs <folder/);
  });

  it('refuses a folder without a card', () => {
    rmSync(join(folder, 'CARD.md'));
    expect(refusal(folder)).toContain('got none of CARD.md. Run training.convert and training.card.');
  });

  it('refuses another number of layers, which lessons rely on', () => {
    writeConfig({ n_layer: 6 });
    expect(refusal(folder)).toContain('n_layer must be 12, got 6');
  });

  it('refuses a shorter context', () => {
    writeConfig({ n_ctx: 256 });
    expect(refusal(folder)).toContain('n_ctx must be at least 512, got 256');
  });

  it('refuses a folder above 40 MB', () => {
    truncateSync(join(folder, 'model.safetensors'), 40_000_001);
    expect(refusal(folder)).toMatch(/at most 40000000 bytes, got 400\d+\. Train a narrower model/);
  });
});
