import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkValues, expectFit, problemRows } from '../../src/lib/check/run-checks.ts';
import { summarize } from '../../src/lib/check/summarize.ts';
import type { CheckRow } from '../../src/lib/check/types.ts';
import { parseValuesFile, storedValues, type ValuesFile } from '../../src/lib/check/values-file.ts';
import { everyActivation, exportName, loadModel, type Gpt2Model } from '../../src/lib/gpt2/index.ts';
import { NODE_BACKENDS, numTensors, startBackend } from '../gpt2/backends.ts';
import { manifest } from '../reference/fixture.ts';

const FOLDER = 'static/models/gpt2-nano/';
const nano = (): Promise<Gpt2Model> => loadModel({ read: (name) => readFile(FOLDER + name) });

async function rowsOf(model: Gpt2Model, file: ValuesFile): Promise<CheckRow[]> {
  const rows: CheckRow[] = [];
  for await (const row of checkValues(model, file)) rows.push(row);
  return rows;
}

/** The stored values with one activation of the first prompt changed. */
async function withChange(name: string, change: Partial<ValuesFile['prompts'][0]['activations'][string]>) {
  const file = structuredClone(await storedValues());
  Object.assign(file.prompts[0].activations[name], change);
  return { ...file, prompts: file.prompts.slice(0, 1) };
}

describe.each(NODE_BACKENDS)('checkValues(model, file) on %s', (backend) => {
  let model: Gpt2Model;
  beforeAll(async () => {
    await startBackend(backend);
    model = await nano();
    return () => model.dispose();
  });

  it("finds every activation of the stored prompts as Hugging Face's, and leaves no tensor behind", async () => {
    const file = await storedValues();
    const before = numTensors();
    const rows = await rowsOf(model, file);
    expect(numTensors()).toBe(before);
    expect(rows.filter(({ status }) => status !== 'pass')).toEqual([]);
    const kinds = [...everyActivation(model.config)].length;
    expect(rows.filter(({ group }) => group === 'activation')).toHaveLength(kinds * file.prompts.length);
  });

  it.each([
    [
      'a value',
      'blocks.3.attn.hook_q',
      { values: [9, 9, 9, 9, 9, 9, 9, 9] },
      /\[0, \d+, \d+\]: .*, expected 9$/
    ],
    ['the sum over all values', 'hook_embed', { stats: [9, 6.27, -0.5, 0.5, 192] as const }, /^sum, squares/],
    ['the shape', 'logits', { shape: [1, 50000] }, /^shape \[1, 50257\], expected \[1, 50000\]$/],
    [
      'a place that is not there',
      'hook_embed',
      { at: [0, 1, 2, 3, 4, 5, 6, 192] },
      /^place 192 of 192 values$/
    ]
  ])('fails where %s is another', async (_, name, change, detail) => {
    const rows = await rowsOf(model, await withChange(name, change as never));
    const failed = rows.filter(({ status }) => status === 'fail');
    expect(failed.map((row) => row.name)).toEqual([name]);
    expect(failed[0].detail).toMatch(detail);
  });

  it('fails for an activation that no model has, and for other ids', async () => {
    const file = await withChange('hook_embed', {});
    file.texts = [{ text: 'Once', ids: [1] }];
    file.prompts[0].activations['blocks.12.hook_resid_pre'] = { values: [0], at: [0] };
    const failed = (await rowsOf(model, file)).filter(({ status }) => status === 'fail');
    expect(failed.map(({ name, detail }) => [name, detail])).toEqual([
      ['"Once"', '[7454], expected [1]'],
      ['blocks.12.hook_resid_pre', 'this model has no such activation']
    ]);
  });
});

describe('the stored values', () => {
  it('agree with the ids that the reference fixtures have of the same prompts', async () => {
    const { prompts } = await storedValues();
    const known = manifest.prompts.filter(({ text }) => prompts.some((prompt) => prompt.text === text));
    expect(known.length).toBeGreaterThan(1);
    for (const { text, ids } of known)
      expect(prompts.find((prompt) => prompt.text === text)?.ids).toEqual(ids);
  });

  it('hold every activation of the table, each with eight values or all it has, and its statistics', async () => {
    const { prompts } = await storedValues();
    const names = Object.keys(prompts[1].activations).sort();
    const config = { n_layer: 12 } as Gpt2Model['config'];
    expect(names).toEqual([...everyActivation(config)].map((one) => exportName(one.name, one.layer)).sort());
    for (const { shape, values, stats } of Object.values(prompts[1].activations)) {
      expect(values).toHaveLength(Math.min(8, stats![4]));
      expect(shape!.reduce((product, n) => product * n, 1)).toBeGreaterThanOrEqual(stats![4]);
    }
  });
});

describe('parseValuesFile(text, where)', () => {
  const valid = { format: 'gpt2-lens-check', version: 1, model: 'm', prompts: [] };

  it.each([
    ['{', 'v.json must be JSON, got "{"'],
    ['[]', 'v.json must be gpt2-lens-check of version 1, got format: '],
    [JSON.stringify({ ...valid, version: 2 }), 'got version: '],
    [JSON.stringify({ ...valid, prompts: [{ text: 'a', ids: [], activations: {} }] }), 'got prompts.0.ids: '],
    [
      JSON.stringify({
        ...valid,
        prompts: [{ text: 'a', ids: [1], activations: { x: { at: [1, 2], values: [0] } } }]
      }),
      'got prompts.0.activations.x: must have as many places as values'
    ]
  ])('refuses %s by name', (text, message) => {
    expect(() => parseValuesFile(text, 'v.json')).toThrow(message);
  });

  it('takes a file without texts, places and statistics', () => {
    const prompts = [{ text: 'a', ids: [64], activations: { hook_embed: { values: [1, 2] } } }];
    expect(parseValuesFile(JSON.stringify({ ...valid, prompts }), 'v.json').prompts).toEqual(prompts);
  });
});

describe('expectFit(model, file)', () => {
  const model = { config: { n_ctx: 2, vocab_size: 10 } as Gpt2Model['config'] };
  const file = (ids: number[]) =>
    ({ prompts: [{ text: 'a', ids, activations: {} }] }) as unknown as ValuesFile;

  it('refuses a prompt that is too long or has an id that the model has not', () => {
    expect(() => expectFit(model, file([1, 2, 3]))).toThrow('values of "a" must be at most 2 ids, got 3.');
    expect(() => expectFit(model, file([1, 10]))).toThrow('values of "a" must be ids below 10, got 10.');
    expect(() => expectFit(model, file([1, 9]))).not.toThrow();
  });
});

describe('summarize(rows)', () => {
  const row = (name: string, status: CheckRow['status'], difference: number | null): CheckRow => ({
    group: 'activation',
    name,
    prompt: 'a',
    status,
    difference,
    compared: 8,
    detail: null
  });

  it('sums up an activation over blocks, with the worst of those that fail', () => {
    const rows = [
      ...problemRows([{ name: 'softmax', error: Infinity, numbers: 3 }], 1e-5),
      row('blocks.0.attn.hook_q', 'fail', 0.5),
      row('blocks.1.attn.hook_q', 'pass', 0.75),
      row('blocks.2.attn.hook_q', 'fail', 0.25)
    ];
    const [problem, q] = summarize(rows);
    expect(problem).toMatchObject({ group: 'problem', name: 'softmax', failed: 1, difference: Infinity });
    expect(q).toMatchObject({ name: 'attn.hook_q', rows: 3, failed: 2, compared: 24, difference: 0.75 });
    expect(q.worst.name).toBe('blocks.0.attn.hook_q');
  });
});
