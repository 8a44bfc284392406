import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureSeededCheckpoint, GPT2_SMALL } from '../../../scripts/bench/seeded-checkpoint.ts';
import { parseConfig } from '../../../src/lib/gpt2/model/config.ts';
import { readCheckpoint } from '../../../src/lib/gpt2/checkpoint/checkpoint.ts';

const TINY = { ...GPT2_SMALL, n_layer: 1, n_head: 2, n_embd: 8, n_ctx: 16, n_positions: 16, vocab_size: 50 };
const NANO = 'static/models/gpt2-nano';

describe('ensureSeededCheckpoint(folder, config, tokenizer)', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'seeded-'));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const make = (name: string) => {
    const folder = join(root, name);
    ensureSeededCheckpoint(folder, TINY, NANO);
    return new Uint8Array(readFileSync(join(folder, 'model.safetensors')));
  };

  it('writes a checkpoint that our reader takes, LayerNorm weights around 1 and all others around 0', () => {
    const weights = readCheckpoint(parseConfig(TINY), make('a'));
    const mean = (name: string) => {
      const { values } = weights.get(name)!;
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(mean('ln_f.weight')).toBeCloseTo(1, 1);
    expect(mean('wte.weight')).toBeCloseTo(0, 2);
    const { values } = weights.get('h.0.mlp.c_fc.weight')!;
    expect(Math.hypot(...values) / Math.sqrt(values.length)).toBeCloseTo(0.02, 2); // GPT-2's initializer_range
  });

  it('writes the same bytes each time', () => {
    expect(make('b')).toEqual(make('c'));
  });
});
