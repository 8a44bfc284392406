import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../src/lib/cells/index.ts';
import { checkViews, type CheckSituation } from '../../src/lib/lesson/check-view.ts';
import { sourceValue } from '../../src/lib/lesson/checks/index.ts';
import { parsePrinted } from '../../src/lib/lesson/tensor-print/index.ts';

const ON_GPT2: CheckSituation = { model: 'gpt2', asInSource: true };
const text = (value: string): CellValue => ({ kind: 'text', text: value });

/** A [5, 768] tensor that holds what the source shows of one. */
function asInSource(id: string): Extract<CellValue, { kind: 'tensor' }> {
  const shape = [5, 768];
  const data = new Float32Array(5 * 768);
  for (const { at, value } of parsePrinted(sourceValue(id).printed).values) {
    const [, row, column] = at;
    data[((row + 5) % 5) * 768 + ((column + 768) % 768)] = value;
  }
  return { kind: 'tensor', shape, data, dtype: 'float32' };
}

describe('checkViews(ids, result, situation) with GPT-2 small on the page', () => {
  const id = 'deep-dive/ln_1';

  it('passes what the source printed, batch axis or not', () => {
    const [{ expected, comparison }] = checkViews([id], asInSource(id), ON_GPT2);
    expect(expected).toBe(sourceValue(id).printed);
    expect(comparison).toMatchObject({ ok: true, numbers: 30 });
  });

  it('fails one wrong number', () => {
    const wrong = asInSource(id);
    wrong.data[0] += 0.001;
    const [{ comparison }] = checkViews([id], wrong, ON_GPT2);
    expect(comparison).toMatchObject({ ok: false, difference: expect.closeTo(0.001, 6) as number });
  });

  it('holds the shape of a result beside a printed size', () => {
    const [right] = checkViews(['deep-dive/input_embeds.shape'], asInSource(id), ON_GPT2);
    expect(right.comparison).toMatchObject({ ok: true });
    const narrow: CellValue = { ...asInSource(id), shape: [5, 192], data: new Float32Array(960) };
    const [wrong] = checkViews(['deep-dive/input_embeds.shape'], narrow, ON_GPT2);
    expect(wrong.comparison).toMatchObject({ ok: false });
  });

  it('takes a printed size with a batch axis or without', () => {
    const value: CellValue = { ...asInSource(id), shape: [50257], data: new Float32Array(50257) };
    const [whole, wrong] = checkViews(
      ['understanding/next_probs.shape', 'understanding/logits.shape'],
      value,
      ON_GPT2
    );
    expect([whole.comparison?.ok, wrong.comparison?.ok]).toEqual([true, false]);
  });

  it('finds what was printed in one cell of a table', () => {
    const table: CellValue = {
      kind: 'table',
      columns: ['top 0', 'top 1'],
      rows: [['you(20.24%)', 'my(10.98%)']]
    };
    const ids = ['gpt2-model/top.0.0', 'gpt2-model/top.0.1', 'gpt2-model/top.0.2'];
    const passed = checkViews(ids, table, ON_GPT2).map(({ comparison }) => comparison?.ok);
    expect(passed).toEqual([true, true, false]); // a unit of the last digit
  });

  it('finds a printed line among several', () => {
    const lines = "464 \t-> 'The'\n4583 \t-> ' theory'";
    const ids = ['understanding/token.0', 'understanding/token.1', 'understanding/token.2'];
    const passed = checkViews(ids, text(lines), ON_GPT2).map(({ comparison }) => comparison?.ok);
    expect(passed).toEqual([true, true, false]);
  });

  it('finds a few printed lines among several, whatever stands behind them', () => {
    const ids = ['gpt2-model/config.architectures', 'gpt2-model/config.n_inner', 'gpt2-model/config.n_ctx'];
    const lines =
      '{\n  "architectures": [\n    "GPT2LMHeadModel"\n  ],\n  "n_ctx": 1024,\n  "n_inner": 3072\n}';
    const passed = checkViews(ids, text(lines), ON_GPT2).map(({ comparison }) => comparison?.ok);
    expect(passed).toEqual([true, false, true]);
  });

  it('takes a boolean tensor for what Python prints of it', () => {
    const yes: CellValue = { kind: 'tensor', shape: [], data: Int32Array.of(1), dtype: 'bool' };
    const no: CellValue = { ...yes, data: Int32Array.of(0) };
    const passed = (value: CellValue) => checkViews(['deep-dive/allclose'], value, ON_GPT2)[0].comparison?.ok;
    expect([passed(yes), passed(no)]).toEqual([true, false]);
  });
});

describe('checkViews elsewhere', () => {
  it('compares nothing where prompt, layer or text are not the source’s, or the model is unknown', () => {
    const value = asInSource('deep-dive/ln_1');
    for (const situation of [
      { model: 'gpt2', asInSource: false },
      { model: 'other', asInSource: true }
    ] as const) {
      const [view] = checkViews(['deep-dive/ln_1'], value, situation);
      expect(view).toMatchObject({ expected: null, comparison: null });
    }
  });

  it('waits for a result', () => {
    const [view] = checkViews(['deep-dive/ln_1'], null, ON_GPT2);
    expect(view.expected).not.toBeNull();
    expect(view.comparison).toBeNull();
  });
});
