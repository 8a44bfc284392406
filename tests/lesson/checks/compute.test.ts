import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tf from '@tensorflow/tfjs-core';
import { folderFiles } from '../../../scripts/command/model-folder.ts';
import { startBackend } from '../../../scripts/command/node-backend.ts';
import { loadModel, type Gpt2Model } from '../../../src/lib/gpt2/index.ts';
import {
  CheckContext,
  comparePrinted,
  compareTensor,
  computeCheck,
  isGpt2Small,
  sourceValues,
  verify,
  type SourceValue
} from '../../../src/lib/lesson/checks/index.ts';
import nano from '../../../src/lib/lesson/checks/nano.json' with { type: 'json' };
import { tolerance } from '../../../src/lib/lesson/checks/compare.ts';
import { parsePrinted, type PrintedTensor } from '../../../src/lib/lesson/tensor-print/index.ts';

const printed = nano.printed as Record<string, string>;

/** Values that depend on the tokenizer, on sizes alone or on plain arithmetic: they come out with any model. */
const WITHOUT_WEIGHTS =
  /^deep-dive\/(encoded|input_ids|attention_mask|allclose|attn_weights.shape|module.blocks)$|^beginners-guide\/(padded|today.ids|today.shape|tied|hidden_states.count)|^gpt2-model\/(sizes|vocab_size|bos_token|batch|softmax)|^understanding\/(vocab_size|ids|token\.)/;

let model: Gpt2Model;
let context: CheckContext;

beforeAll(async () => {
  await startBackend('wasm');
  model = await loadModel(folderFiles('test', 'static/models/gpt2-nano'));
  context = new CheckContext(model);
});
afterAll(() => model.dispose());

/** The tensor of a text that shows all its values. */
function tensorOf(text: string) {
  const { values, rank } = parsePrinted(text);
  const shape = Array.from({ length: rank }, (_, axis) => Math.max(...values.map(({ at }) => at[axis])) + 1);
  return { shape, data: values.map(({ value }) => value) };
}

/** As compareTensor where our text shows fewer digits than theirs: values may differ by a unit of either's last one. */
function comparePrints(theirs: string, ours: string) {
  const shown = new Map(parsePrinted(ours).values.map(({ at, ...number }) => [at.join(), number]));
  const { shape } = tensorOf(ours);
  const isSame = ({ at, value, unit }: PrintedTensor['values'][number]) => {
    const mine = shown.get(at.map((place, axis) => (place < 0 ? place + shape[axis] : place)).join());
    return mine && Math.abs(mine.value - value) <= tolerance(value, Math.max(unit, mine.unit));
  };
  return { ok: parsePrinted(theirs).values.every(isSame) };
}

const isScientific = (printed: string) => /\de[+-]/.test(printed);

describe('computeCheck(context, spec) on gpt2-nano, beside Hugging Face transformers', () => {
  it('has a value of theirs for nearly every check', () => {
    expect(Object.keys(printed).length).toBeGreaterThan(185);
  });

  it.each(sourceValues.filter(({ id }) => id in printed))('$id', async ({ id, check }) => {
    const ours = await computeCheck(context, check!);
    const theirs = printed[id];
    const tensor = theirs.startsWith('tensor') && !ours.includes('...');
    const isCoarser = tensor && isScientific(ours) && !isScientific(theirs);
    const compared = tensor ? compareTensor(theirs, tensorOf(ours)) : comparePrinted(theirs, ours);
    const result = isCoarser ? comparePrints(theirs, ours) : compared;
    expect(result, `theirs: ${theirs}\nours: ${ours}`).toMatchObject({ ok: true });
  });
});

describe('verify(context, values)', () => {
  const values = sourceValues.filter(({ id }) => WITHOUT_WEIGHTS.test(id));

  it.each(values)('$id comes out with any GPT-2 of its vocabulary', async (value) => {
    for await (const verdict of verify(context, [value])) expect(verdict).toMatchObject({ ok: true });
  });

  it('says what is not computed, and why', async () => {
    const value = sourceValues.find(({ random }) => random)!;
    for await (const verdict of verify(context, [value]))
      expect(verdict).toEqual({
        value,
        status: 'not computed',
        reason: "drawn with PyTorch's random numbers"
      });
  });

  it('does not compute what says something of the source’s own run only', async () => {
    const value = sourceValues.find(({ id }) => id === 'gpt2-model/config.transformers_version')!;
    for await (const verdict of verify(context, [value]))
      expect(verdict).toMatchObject({
        status: 'not computed',
        reason: 'the version of the library that the source ran'
      });
  });

  it('fails where a value differs', async () => {
    const wrong: SourceValue = { ...sourceValues.find(({ id }) => id === 'deep-dive/input_ids')! };
    const changed = { ...wrong, printed: wrong.printed.replace('1212', '1213') };
    for await (const verdict of verify(context, [changed]))
      expect(verdict).toMatchObject({ ok: false, difference: 1 });
  });

  it('leaves no tensor behind when the context is disposed', async () => {
    const before = tf.memory().numTensors;
    const own = new CheckContext(model);
    const some = sourceValues.filter(({ check }) =>
      ['by_hand', 'top_token_padded', 'activation'].includes(check?.name ?? '')
    );
    for await (const verdict of verify(own, some.slice(0, 8))) expect(verdict.status).toBe('checked');
    own.dispose();
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
  });
});

describe('isGpt2Small(config)', () => {
  it('tells GPT-2 small by its sizes', () => {
    expect(isGpt2Small(model.config)).toBe(false);
    expect(isGpt2Small({ ...model.config, n_embd: 768, n_ctx: 1024 })).toBe(true);
  });
});
