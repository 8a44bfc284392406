import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/verify/options.ts';
import { summary, tableLines } from '../../scripts/verify/report.ts';
import { sourceValue, type Verdict } from '../../src/lib/lesson/checks/index.ts';

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const command = ['scripts/run-ts.mjs', 'scripts/verify.ts', ...args];
    execFile(process.execPath, command, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    );
  });
}

describe('npm run verify', () => {
  it('prints every value, and says that gpt2-nano is not the model of the sources', async () => {
    const { code, stdout, stderr } = await run('--model', 'static/models/gpt2-nano');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^✓ +layerNorm +problem \d\.\de-\d+$/m);
    expect(stdout).toMatch(/^✓ +attn\.hook_pattern +activation \d\.\de-\d+$/m);
    expect(stdout).toMatch(
      /^a pass of 16 tokens \d+ ms, .* tokens a second; .* MB on the backend, 0 tensors left behind\.$/m
    );
    expect(stdout).not.toMatch(/^✗[^\n]*(problem|tokens|activation)/m);
    expect(stdout).toMatch(/^✓ +deep-dive\/encoded +000 In \[7\]$/m);
    expect(stdout).toMatch(/^✗ \S+ +deep-dive\/input_embeds.shape +000 In \[31\]$/m);
    expect(stdout).toMatch(/source: torch\.Size\(\[1, 5, 768\]\)\n +ours: +torch\.Size\(\[1, 5, 192\]\)/);
    expect(stdout).toMatch(/\d+ of 195 values come out with gpt2-nano; 12 are not computed\./);
    expect(stdout).toContain('The sources ran GPT-2 small, and gpt2-nano is another model');
  });

  it.each([
    [['--model', 'nowhere'], '--model must be a folder, got "nowhere"'],
    [[], 'verify: --model must be given.'],
    [['--model', 'static/models/gpt2-nano', '--backend', 'webgl'], 'verify: --backend must be wasm or cpu'],
    [
      ['--model', 'static/models/gpt2-nano', '--values', 'package.json'],
      'verify: --values: package.json must be gpt2-lens-check of version 1, got format: '
    ],
    [['--wrong'], "verify: Unknown option '--wrong'"]
  ])('answers %j with one line and code 2', async (args, message) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('parseOptions(args)', () => {
  it('reads the flags', () => {
    expect(parseOptions(['--model', 'm', '--full'])).toEqual({
      model: 'm',
      backend: 'wasm',
      full: true,
      values: null
    });
    expect(parseOptions(['--help'])).toBeNull();
  });
});

describe('tableLines and summary', () => {
  const value = sourceValue('deep-dive/wte');
  const verdict: Verdict = {
    value,
    status: 'checked',
    ours: value.printed,
    ok: true,
    difference: 0,
    numbers: 2
  };

  it('shows ours only where it differs, unless asked', () => {
    expect(tableLines(verdict, false).join('\n')).not.toContain('ours');
    expect(tableLines(verdict, true).join('\n')).toContain('ours:   Embedding(50257, 768)');
    expect(tableLines({ ...verdict, ok: false, difference: 0.5 }, false)[0]).toMatch(/^✗ 0\.50 /);
  });

  it('has nothing to add where the model is GPT-2 small', () => {
    const text = summary([verdict, verdict], 'gpt2', true).trim();
    expect(text).toBe('2 of 2 values come out with gpt2; 0 are not computed.');
  });
});
