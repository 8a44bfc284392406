import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../scripts/generate/options.ts';
import type { GenerateReport, ReportedBeams, ReportedToken } from '../../scripts/generate/report.ts';
import { fixture } from '../gpt2/decode/fixture.ts';
import { runScript } from './run-script.ts';

const NANO = 'static/models/gpt2-nano';
const PROMPT = 'Once upon a time';
const generate = (...args: string[]) => runScript('generate', ['--model', NANO, ...args]);
const json = async (...args: string[]): Promise<GenerateReport> => {
  const { code, stdout, stderr } = await generate('--prompt', PROMPT, ...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as GenerateReport;
};

describe('generate --json', () => {
  it("gives Hugging Face's tokens, logits and scores, with the text", async () => {
    const { sequence, steps } = fixture.steps.find((one) => one.repetition_penalty !== 1)!;
    const report = await json(
      '--max-new-tokens',
      String(steps.length),
      '--repetition-penalty',
      '1.2',
      '--top',
      '5'
    );
    expect(report.ids).toEqual(sequence);
    expect(report.text.startsWith(`${PROMPT}, there was`)).toBe(true);
    expect(report.text).toBe(PROMPT + report.sequences[0].newText);
    (report.steps as ReportedToken[]).forEach(({ id, score, top, processors }, i) => {
      expect(id).toBe(steps[i].score_ids[0]);
      expect(score).toBeCloseTo(steps[i].scores[0], 3);
      expect(top.map((entry) => entry.id)).toEqual(steps[i].logit_ids);
      expect(processors.map(({ name }) => name)).toEqual(['repetition_penalty']);
      expect(processors[0].top.map((entry) => entry.id)).toEqual(steps[i].score_ids);
    });
  });

  it("gives Hugging Face's beams, ranked", async () => {
    const { prompt, options, sequences, scores } = fixture.beams.find(
      (one) => one.options.num_return_sequences === 4 && one.options.eos_token_id === undefined
    )!;
    expect(prompt).toEqual([7454, 2402, 257, 640]);
    const count = String(options.max_new_tokens);
    const report = await json('--beams', '4', '--num-return-sequences', '4', '--max-new-tokens', count);
    expect(report.sequences.map(({ newIds }) => newIds)).toEqual(sequences);
    report.sequences.forEach(({ score }, i) => expect(score).toBeCloseTo(scores[i], 4));
    const last = report.steps.at(-1) as ReportedBeams;
    expect(last.done).toBe(true);
    expect(last.candidates.some(({ state }) => state === 'finished')).toBe(true);
  });

  it('draws the same for the same seed, and says with which number', async () => {
    const args = ['--sample', '--seed', '42', '--temperature', '0.8', '--top-k', '50', '--top-p', '0.9'];
    const [first, second] = [
      await json(...args, '--max-new-tokens', '6'),
      await json(...args, '--max-new-tokens', '6')
    ];
    expect(second).toEqual(first);
    const [{ draw, processors }] = first.steps as ReportedToken[];
    expect(draw).toBeGreaterThanOrEqual(0);
    expect(processors.map(({ name }) => name)).toEqual(['temperature', 'top_k', 'top_p']);
  });
});

describe('generate without --json', () => {
  it('prints the text and every choice', async () => {
    const { code, stdout } = await generate('--tokens', '7454', '--max-new-tokens', '2', '--top', '2');
    expect(code).toBe(0);
    expect(stdout).toContain('gpt2-nano on wasm, 1 tokens continued\n\n" upon a"\n');
    expect(stdout).toMatch(/^0 +2402 +95\.8 % +" upon" +of " upon" 95\.8 % {2}" there" 3\.59 %$/m);
  });

  it('prints the beams', async () => {
    const { stdout } = await generate('--prompt', PROMPT, '--max-new-tokens', '2', '--beams', '2');
    expect(stdout).toMatch(/ended by length/);
    expect(stdout).toMatch(/^1 +beam \d +finished +-\d/m);
  });
});

describe('generate on bad input: one line, exit code 2', () => {
  it.each([
    [
      'an unknown folder',
      ['--model', 'no/such/folder', '--prompt', 'a'],
      'generate: --model must be a folder'
    ],
    ['top-p out of range', ['--prompt', 'a', '--sample', '--top-p', '2'], 'top_p must be from 0 to 1, got 2'],
    [
      'too many tokens',
      ['--prompt', 'a', '--max-new-tokens', '600'],
      'max_new_tokens must be an integer from 1 to 511'
    ],
    ['an empty prompt', ['--prompt', ''], 'at least 1 token']
  ])('%s', async (_, args, named) => {
    const { code, stdout, stderr } = await runScript('generate', ['--model', NANO, ...args, '--json']);
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('parseOptions(args)', () => {
  const base = ['--model', 'm', '--prompt', 'a'];

  it('gives generate only what was given', () => {
    expect(parseOptions(base)).toEqual({
      model: 'm',
      input: { prompt: 'a' },
      bos: false,
      backend: 'wasm',
      json: false,
      generate: { do_sample: false, use_cache: true }
    });
  });

  it('reads every flag', () => {
    const sampling = ['--sample', '--seed', '1', '--temperature', '.5', '--top-k', '2', '--top-p', '.9'];
    const more = [
      '--min-p',
      '.1',
      '--typical-p',
      '.8',
      '--repetition-penalty',
      '1.2',
      '--no-repeat-ngram-size',
      '3'
    ];
    const beams = [
      '--beams',
      '4',
      '--length-penalty',
      '2',
      '--early-stopping',
      '--num-return-sequences',
      '2'
    ];
    const ends = [
      '--max-new-tokens',
      '7',
      '--stop',
      'x',
      '--stop',
      'y',
      '--eos',
      '13',
      '--eos',
      '11',
      '--top',
      '3',
      '--no-cache'
    ];
    expect(parseOptions([...base, ...sampling, ...more, ...beams, ...ends])!.generate).toEqual({
      do_sample: true,
      seed: 1,
      temperature: 0.5,
      top_k: 2,
      top_p: 0.9,
      min_p: 0.1,
      typical_p: 0.8,
      repetition_penalty: 1.2,
      no_repeat_ngram_size: 3,
      num_beams: 4,
      length_penalty: 2,
      early_stopping: true,
      num_return_sequences: 2,
      max_new_tokens: 7,
      stop_strings: ['x', 'y'],
      eos_token_id: [13, 11],
      top: 3,
      use_cache: false
    });
  });

  it('knows --early-stopping never and --eos none, and answers --help with null', () => {
    const { generate: options } = parseOptions([
      ...base,
      '--beams',
      '2',
      '--early-stopping',
      'never',
      '--eos',
      'none'
    ])!;
    expect(options).toMatchObject({ early_stopping: 'never', eos_token_id: null });
    expect(parseOptions(['--help'])).toBeNull();
  });

  it.each([
    [['--top-k', '5'], '--top-k must come with --sample, got it alone'],
    [['--length-penalty', '1'], '--length-penalty must come with --beams'],
    [['--early-stopping'], '--early-stopping must come with --beams'],
    [['--beams', '2', '--early-stopping', 'maybe'], '--early-stopping must be alone or never, got "maybe"'],
    [['--max-new-tokens', 'many'], '--max-new-tokens must be a number, got "many"'],
    [['--max-new-tokens', ''], 'got ""'],
    [['--beam', '2'], "'--beam'"]
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions([...base, ...args])).toThrow(message);
  });
});
