import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNpz } from '../../src/lib/gpt2/recording/npz.ts';
import { folderFiles } from '../../scripts/command/model-folder.ts';
import type { TraceReport } from '../../scripts/trace/report.ts';
import { parseOptions } from '../../scripts/trace/options.ts';
import { compareActivation, passes } from '../reference/compare.ts';
import { loadFixture, manifest } from '../reference/fixture.ts';
import { tolerance } from '../tolerance.ts';
import { runScript, type Run } from './run-script.ts';

const NANO = 'static/models/gpt2-nano';
const folder = mkdtempSync(join(tmpdir(), 'trace-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const trace = (...args: string[]): Promise<Run> => runScript('trace', args);

describe.each(['wasm', 'cpu'])('trace --json --out on %s', (backend) => {
  const slug = 'emoji';
  const prompt = manifest.prompts.find((entry) => entry.slug === slug)!;
  const out = join(folder, `${backend}.npz`);
  let run: Run;
  let report: TraceReport;

  beforeAll(async () => {
    run = await trace('--model', NANO, '--prompt', prompt.text, '--backend', backend, '--json', '--out', out);
    report = JSON.parse(run.stdout) as TraceReport;
  });

  it('prints one JSON object and nothing else', () => {
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(Object.keys(report)).toEqual(['model', 'tokens', 'backend', 'activations', 'next']);
    expect(report).toMatchObject({ model: 'gpt2-nano', backend });
  });

  it("gives Hugging Face's ids, and the bytes of the text", () => {
    expect(report.tokens.map(({ id }) => id)).toEqual(prompt.ids);
    const bytes = Uint8Array.from(report.tokens.flatMap((token) => token.bytes));
    expect(new TextDecoder().decode(bytes)).toBe(prompt.text);
    expect(report.tokens[0]).toEqual({ id: 13787, text: 'Tom', bytes: [0x54, 0x6f, 0x6d] });
  });

  it("gives Hugging Face's ten likeliest next tokens", () => {
    expect(report.next.map(({ id }) => id)).toEqual(prompt.next.map(({ id }) => id));
    report.next.forEach(({ text, probability, logit }, place) => {
      expect(text).toBe(prompt.next[place].text);
      expect(probability).toBeCloseTo(prompt.next[place].probability, 5);
      expect(logit).toBeCloseTo(prompt.next[place].logit, 4);
    });
  });

  it('writes every activation that TransformerLens has, as it has it, in the shapes it prints', () => {
    const { input_ids, ...arrays } = readNpz(readFileSync(out));
    const fixture = loadFixture(slug, 'tl');
    expect(input_ids).toEqual({ dtype: 'int32', shape: [16], data: Int32Array.from(prompt.ids) });
    expect(Object.keys(arrays).sort()).toEqual(Object.keys(fixture.rows).sort());
    expect(Object.keys(report.activations).sort()).toEqual(Object.keys(arrays).sort());
    for (const [name, { dtype, shape, data }] of Object.entries(arrays)) {
      expect(dtype).toBe('float32');
      expect(report.activations[name]).toEqual(shape);
      const allowed = tolerance(backend as 'wasm' | 'cpu', name);
      const result = compareActivation(name, shape, data as Float32Array, fixture, allowed);
      expect(passes(result), `${name} ${result.worstAt}`).toBe(true);
    }
  });
});

describe('trace without --json', () => {
  it('runs ids as they are, with <|endoftext|> in front on --bos, and prints a summary', async () => {
    const { code, stdout } = await trace('--model', NANO, '--tokens', '7454,2402', '--bos');
    expect(code).toBe(0);
    expect(stdout).toContain('gpt2-nano on wasm, 3 tokens');
    expect(stdout).toMatch(/^0 +50256 +"<\|endoftext\|>"\n1 +7454 +"Once"\n2 +2402 +" upon"$/m);
    expect(stdout).toContain('[12, 3, 3]      blocks.L.attn.hook_pattern');
  });
});

describe('trace on bad input: one line, exit code 2', () => {
  const broken = join(folder, 'broken');
  const unfinished = join(folder, 'unfinished.npz');
  beforeAll(() => {
    for (const file of ['config.json', 'vocab.json', 'merges.txt'])
      cpSync(join(NANO, file), join(broken, file));
    writeFileSync(
      join(broken, 'model.safetensors'),
      readFileSync(join(NANO, 'model.safetensors')).subarray(0, 1000)
    );
    cpSync(join(NANO, 'config.json'), join(folder, 'no-weights', 'config.json'));
    for (const file of ['vocab.json', 'merges.txt'])
      symlinkSync(resolve(NANO, file), join(folder, 'no-weights', file));
  });

  it.each([
    ['an unknown folder', ['--model', 'no/such/folder', '--prompt', 'a'], 'no/such/folder'],
    [
      'a folder without weights',
      ['--model', join(folder, 'no-weights'), '--prompt', 'a'],
      'model.safetensors'
    ],
    ['a broken file', ['--model', broken, '--prompt', 'a', '--out', unfinished], 'not in safetensors format'],
    ['an empty prompt', ['--model', NANO, '--prompt', ''], 'at least 1 token'],
    ['a prompt that is too long', ['--model', NANO, '--prompt', 'a '.repeat(600)], 'at most 512 tokens'],
    ['an id that is no token', ['--model', NANO, '--tokens', '1,50257'], '50257'],
    [
      'an --out in no folder',
      ['--model', NANO, '--prompt', 'a', '--out', join(folder, 'none/x.npz')],
      'none/x.npz'
    ]
  ])('%s', async (_, args, named) => {
    const { code, stdout, stderr } = await trace(...args, '--json');
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  it('replaces no file without --force, and never what is no file', async () => {
    const there = join(folder, 'there.npz');
    writeFileSync(there, 'mine');
    const refused = await trace('--model', NANO, '--prompt', 'a', '--out', there);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('(it is there already). Choose another, or pass --force.');
    expect(readFileSync(there, 'utf8')).toBe('mine');
    symlinkSync('/dev/null', join(folder, 'link.npz'));
    for (const out of ['/dev/null', join(folder, 'link.npz')]) {
      const { code, stderr } = await trace('--model', NANO, '--prompt', 'a', '--out', out, '--force');
      expect({ code, stderr }).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('a device or a link')
      });
    }
    expect((await trace('--model', NANO, '--prompt', '- item', '--out', there, '--force')).code).toBe(0);
    expect(readFileSync(there, 'latin1').startsWith('PK')).toBe(true);
  });

  it('ends quietly where nobody reads its output to the end', () => {
    const command = `node scripts/run-ts.mjs scripts/trace.ts --model ${NANO} --prompt a --json | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('leaves no half-written --out behind', () => {
    expect([existsSync(unfinished), readdirSync(folder).some((name) => name.endsWith('.part'))]).toEqual([
      false,
      false
    ]);
  });
});

describe('folderFiles(command, folder)', () => {
  it('refuses what is no folder', () => {
    expect(() => folderFiles('trace', `${NANO}/config.json`)).toThrow('--model must be a folder');
  });
});

describe('parseOptions(args)', () => {
  it('reads every flag', () => {
    const args = [
      '--model',
      'm',
      '--tokens',
      '1, 2',
      '--bos',
      '--backend',
      'cpu',
      '--out',
      'x.npz',
      '--force',
      '--json'
    ];
    const expected = {
      model: 'm',
      input: { ids: [1, 2] },
      bos: true,
      backend: 'cpu',
      out: 'x.npz',
      force: true,
      json: true
    };
    expect(parseOptions(args)).toEqual(expected);
  });

  it('takes wasm, no --bos, no file and a summary unless told', () => {
    const expected = {
      model: 'm',
      input: { prompt: 'a' },
      bos: false,
      backend: 'wasm',
      out: null,
      force: false,
      json: false
    };
    expect(parseOptions(['--model', 'm', '--prompt', 'a'])).toEqual(expected);
  });

  it('answers --help with null', () => {
    expect(parseOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--prompt', 'a'], '--model must be given'],
    [['--model', 'm'], 'exactly one of --prompt and --tokens must be given, got neither'],
    [['--model', 'm', '--prompt', 'a', '--tokens', '1'], 'got both'],
    [['--model', 'm', '--tokens', ''], '--tokens must be ids with commas between, got ""'],
    [['--model', 'm', '--tokens', '1,,2'], 'got ""'],
    [['--model', 'm', '--tokens', '1,x'], 'got "x"'],
    [['--model', 'm', '--tokens=-1'], 'got "-1"'],
    [['--model', 'm', '--tokens', '1.5'], 'got "1.5"'],
    [['--model', 'm', '--prompt', 'a', '--backend', 'webgl'], '--backend must be wasm or cpu, got "webgl"'],
    [['--model', 'm', '--prompt', 'a', '--out', ''], '--out must be a file name'],
    [['--model', 'm', '--prompt'], '--prompt'],
    [['--model', 'm', '--promt', 'a'], '--promt'],
    [['--model', 'm', '--prompt', 'a', 'b'], "'b'"]
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
