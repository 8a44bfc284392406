import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/explain/options.ts';
import { runScript } from './run-script.ts';

const NANO = 'static/models/gpt2-nano';
const CLEAN = 'When Mary and John went to the store, John gave a drink to';
const CORRUPT = 'When Mary and John went to the store, Mary gave a drink to';
const TARGET = ['--token', ' Mary', '--minus', ' John'];
const expected = (
  JSON.parse(readFileSync('tests/fixtures/causal/expected.json', 'utf8')) as { nano: Record<string, never> }
).nano as unknown as {
  attribution: { logits: number[]; parts: Record<string, [number, number]> };
  ablations: { heads: number[][] };
  metric: { clean: number; corrupt: number };
  grids: { resid_pre: number[][] };
  gradients: {
    input_x_gradient: number[];
    integrated_gradients: { steps: number; values: number[]; difference: number };
  };
  circuits: { copying: number[][] };
};

const explain = (...args: string[]) => runScript('explain', ['--model', NANO, ...args]);
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await explain(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as T;
}

describe('explain --json', () => {
  it('attribution: every part, beside PyTorch', async () => {
    const { logit, sum, parts } = await json<{
      logit: number;
      sum: number;
      parts: { part: string; value: number }[];
    }>(...['--prompt', CLEAN, 'attribution', ...TARGET, '--position', 'last']);
    const [mary, john] = expected.attribution.logits;
    expect(logit).toBeCloseTo(mary - john, 3);
    expect(sum).toBeCloseTo(logit, 3);
    expect(parts).toHaveLength(2 + 12 * 14 + 1);
    const wanted = expected.attribution.parts;
    for (const { part, value } of parts)
      expect(value, part).toBeCloseTo(wanted[part][0] - wanted[part][1], 3);
  });

  it('ablate: the metric and the ten best tokens before and after, beside TransformerLens', async () => {
    type Outcome = { metric: number; top: { text: string; probability: number }[] };
    const { before, after } = await json<{ before: Outcome; after: Outcome }>(
      ...['ablate', '--prompt', CLEAN, '--edit', 'zero:z.8.2', ...TARGET]
    );
    expect(before.metric).toBeCloseTo(expected.metric.clean, 3);
    expect(after.metric).toBeCloseTo(expected.ablations.heads[8][2], 3);
    expect(before.top).toHaveLength(10);
    expect(before.top[0].text).toBe(' Mary');
    expect(after.top).toHaveLength(10);
    // the whole last stream of the other prompt, or of one reference, is that prompt's own answer
    const { corrupt } = expected.metric;
    const last = ['--edit', 'patch:resid_post.11', '--other', CORRUPT];
    const mean = ['--edit', 'zero:z.8.2;mean=references:resid_post.11', '--reference', CORRUPT];
    for (const edits of [last, mean]) {
      const patched = await json<{ after: Outcome }>('ablate', '--prompt', CLEAN, ...edits, ...TARGET);
      expect(patched.after.metric).toBeCloseTo(corrupt, 3);
    }
  });

  it('patch: a grid of layers by positions', async () => {
    const { what, clean, corrupt, grid } = await json<{
      what: string;
      clean: number;
      corrupt: number;
      grid: number[][];
    }>(...['patch', '--clean', CLEAN, '--corrupt', CORRUPT, '--what', 'resid_pre', ...TARGET]);
    expect(what).toBe('resid_pre');
    expect([clean, corrupt]).toEqual([
      expect.closeTo(expected.metric.clean, 3),
      expect.closeTo(expected.metric.corrupt, 3)
    ]);
    expected.grids.resid_pre.forEach((row, i) =>
      row.forEach((m, j) => expect(grid[i][j]).toBeCloseTo((m - corrupt) / (clean - corrupt), 4))
    );
  });

  it('saliency, heads and circuits', async () => {
    const { values } = await json<{ values: number[] }>('saliency', '--prompt', CLEAN, ...TARGET);
    expected.gradients.input_x_gradient.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 3));
    const { steps, values: wanted, difference } = expected.gradients.integrated_gradients;
    const method = ['--method', 'integrated_gradients', '--steps', String(steps)];
    const integrated = await json<{ values: number[]; gap: number }>(
      ...['saliency', '--prompt', CLEAN, ...TARGET, ...method]
    );
    wanted.forEach((value, i) => expect(integrated.values[i]).toBeCloseTo(value, 3));
    expect(integrated.gap).toBeCloseTo(wanted.reduce((sum, value) => sum + value, 0) - difference, 2);
    const { scores, ids } = await json<{ scores: Record<string, number[][]>; ids: number[] }>(
      ...['heads', '--on', 'repeats', '--length', '20', '--seed', '1']
    );
    expect(Object.keys(scores)).toEqual(['previous', 'duplicate', 'induction', 'first', 'self']);
    expect(ids.slice(0, 20)).toEqual(ids.slice(20));
    expect(scores.previous[6][2]).toBeGreaterThan(0.5); // a previous-token head, as the model's card says
    const { copying, composition } = await json<{
      copying: number[][];
      composition: { baseline: object; pairs: { from: string; to: string }[] };
    }>('circuits');
    expected.circuits.copying.flat().forEach((score, i) => expect(copying.flat()[i]).toBeCloseTo(score, 3));
    expect(composition.pairs.at(0)).toMatchObject({ from: '0.0', to: '1.0' });
  });

  it('heads on a text, beside plain Python loops', async () => {
    const { text } = JSON.parse(readFileSync('tests/fixtures/heads.json', 'utf8')) as {
      text: Record<'induction' | 'entropy', number[][]> & { text: string; length: number; queries: number };
    };
    const file = join(mkdtempSync(join(tmpdir(), 'heads-')), 'text.txt');
    writeFileSync(file, text.text);
    const found = await json<{
      scores: { induction: number[][] };
      entropy: number[][];
      queries: number;
    }>('heads', '--on', 'text', '--file', file, '--length', String(text.length));
    expect(found.queries).toBe(text.queries);
    text.induction
      .flat()
      .forEach((score, i) => expect(found.scores.induction.flat()[i]).toBeCloseTo(score, 4));
    text.entropy.flat().forEach((nats, i) => expect(found.entropy.flat()[i]).toBeCloseTo(nats, 4));
  });
});

describe('explain refuses in one line, with exit code 2', () => {
  it.each([
    [
      'prompts of other lengths',
      ['patch', '--clean', CLEAN, '--corrupt', 'When', '--what', 'z', ...TARGET],
      'corrupt prompt must be 14 tokens'
    ],
    [
      'a token that is two',
      ['attribution', '--prompt', CLEAN, '--token', ' Mary Ann'],
      '--token must be one token, got 2 (" Mary" " Ann")'
    ],
    [
      'an edit that takes from a prompt that is not given',
      ['ablate', '--prompt', CLEAN, '--edit', 'patch:z.8.2', '--token', ' Mary'],
      '--other must be given for an edit that takes from another prompt'
    ],
    [
      'an edit that names nothing in the model',
      ['ablate', '--prompt', CLEAN, '--edit', 'zero:z.12.0', '--token', ' Mary'],
      'layer must be from 0 to 11, got 12'
    ]
  ])('%s', async (_, args, reason) => {
    const { code, stdout, stderr } = await explain(...args);
    expect(stderr).toContain(reason);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({
      code: 2,
      stdout: '',
      lines: 1
    });
  });

  it.each([
    [
      'an edit that cannot be read',
      ['ablate', '--prompt', CLEAN, '--edit', 'z.8.2', '--token', ' Mary'],
      'an edit must be a change and a place'
    ],
    ['no command', ['--prompt', CLEAN], 'the command must be one of attribution, ablate, patch'],
    ['a flag of another command', ['circuits', '--token', ' Mary'], '--token must be left out for circuits'],
    ['nothing to patch', ['patch', '--clean', CLEAN], '--corrupt must be given for patch'],
    ['a text without a file', ['heads', '--on', 'text'], '--file must be given with --on text']
  ])('%s', (_, args, reason) => expect(() => parseOptions(['--model', NANO, ...args])).toThrow(reason));

  it('but takes a prompt that begins with a dash', () =>
    expect(parseOptions(['--model', NANO, 'saliency', '--prompt', '- item', '--token', ' a'])?.prompt).toBe(
      '- item'
    ));
});
