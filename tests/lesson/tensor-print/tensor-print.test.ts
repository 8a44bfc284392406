import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { printSize, printTensor, type Dtype } from '../../../src/lib/lesson/tensor-print/index.ts';

interface Case {
  readonly name: string;
  readonly shape: number[];
  readonly dtype?: Dtype;
  readonly formula?: { divisor: number; step: number; offset: number };
  readonly numbers?: string[];
  readonly text: string;
}

const { cases } = JSON.parse(readFileSync('tests/fixtures/lesson/tensor-print.json', 'utf8')) as {
  cases: Case[];
};

/** The fixture's formula, as make_tensor_print_fixture.py writes it. */
function formulaValues(count: number, { divisor, step, offset }: NonNullable<Case['formula']>): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => (((i * step * 7919 + 13) % 5003) - 2501 + offset) / divisor
  );
}

const SPELLED: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };

function dataOf({ shape, dtype, formula, numbers }: Case): Float32Array {
  if (numbers) return Float32Array.from(numbers, (text) => SPELLED[text] ?? Number(text));
  const values = formulaValues(
    shape.reduce((product, size) => product * size, 1),
    formula!
  );
  if (dtype === 'int64') return values.map(Math.trunc);
  return dtype === 'bool' ? values.map((value) => Number(value > 0)) : values;
}

describe('printTensor({shape, data, dtype})', () => {
  it.each(cases)('prints as torch does: $name', (entry) => {
    const { shape, dtype, text } = entry;
    expect(printTensor({ shape, data: dataOf(entry), dtype })).toBe(text);
  });

  it('takes float32 where no dtype is given, and whole numbers get their point', () => {
    expect(printTensor({ shape: [2], data: [1, 2] })).toBe('tensor([1., 2.])');
    expect(printTensor({ shape: [2], data: [1, 2], dtype: 'int64' })).toBe('tensor([1, 2])');
  });

  it('summarises from 1,001 values on, by the product of the axes', () => {
    const print = (shape: number[]) =>
      printTensor({ shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
    expect(print([1000])).not.toContain('...');
    expect(print([1001])).toContain('...');
    expect(print([11, 91])).toContain('...');
  });

  it('says how many values the shape asks for', () => {
    expect(() => printTensor({ shape: [2, 3], data: [1, 2] })).toThrow(
      'printTensor: data must hold 6 values, got 2. Pass the shape of this data.'
    );
  });
});

describe('printSize(shape)', () => {
  it.each([
    [[1, 5, 768], 'torch.Size([1, 5, 768])'],
    [[3], 'torch.Size([3])'],
    [[], 'torch.Size([])']
  ])('writes %j as torch does', (shape, text) => expect(printSize(shape)).toBe(text));
});
