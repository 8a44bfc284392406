import { describe, expect, it } from 'vitest';
import { readFlags, RUN_FLAGS, withValues } from '../../scripts/command/flags.ts';
import { parseOptions as generateOptions } from '../../scripts/generate/options.ts';
import { parseOptions as modelOptions } from '../../scripts/model/options.ts';

const read = (...args: string[]) => readFlags('trace', args, RUN_FLAGS);

describe('readFlags(command, args, options)', () => {
  it.each(['- item', '-1', '--', '---', '-- dash', '--nobody', '- [ ] task'])(
    'takes a value that begins with a hyphen: %j',
    (prompt) => {
      expect(read('--prompt', prompt, '--bos')).toMatchObject({ prompt, bos: true });
      expect(read('--bos', `--prompt=${prompt}`)).toMatchObject({ prompt, bos: true });
    }
  );

  it("never takes a flag's own name for a value", () => {
    expect(() => read('--prompt', '--bos')).toThrow(/argument/);
    expect(read('--prompt=--bos')).toMatchObject({ prompt: '--bos' });
  });

  it('names what it does not know', () => {
    expect(() => read('--promt', 'a')).toThrow("trace: Unknown option '--promt'");
  });
});

it('withValues leaves flags without a value and everything after -- alone', () => {
  expect(withValues(['--bos', 'a', '--', '--prompt', '-b'], RUN_FLAGS)).toEqual([
    '--bos',
    'a',
    '--',
    '--prompt',
    '-b'
  ]);
});

describe('the commands that have flags of their own', () => {
  it('take such values too', () => {
    const generate = generateOptions(['--model', 'm', '--prompt', '- a', '--stop', '- b', '--stop', '-c']);
    expect(generate?.input).toEqual({ prompt: '- a' });
    expect(generate?.generate.stop_strings).toEqual(['- b', '-c']);
    expect(modelOptions(['add', 'a/b', '--name', '-x'])?.name).toBe('-x');
  });

  it('limit what would run for minutes', () => {
    const run = (...args: string[]) => generateOptions(['--model', 'm', '--prompt', 'a', ...args]);
    expect(() => run('--beams', '1000')).toThrow('generate: --beams must be at most 64, got 1000.');
    expect(() => run('--num-return-sequences', '65', '--sample')).toThrow('must be at most 64, got 65.');
    expect(run('--beams', '64')?.generate.num_beams).toBe(64);
  });
});
