import { describe, expect, it } from 'vitest';
import values from '../../../src/lib/lesson/checks/values.json' with { type: 'json' };
import { parsePrinted, printTensor } from '../../../src/lib/lesson/tensor-print/index.ts';

/** What a summarised axis of the sources holds: any size over six is printed alike. */
const HIDDEN_SIZE = 768;
/** A value that was cut off made PyTorch choose the scientific form. */
const SMALL = 1e-5;

interface PrintedValueEntry {
  readonly id: string;
  readonly printed: string;
  readonly cut?: boolean;
}

/** Every tensor the sources print, alone in its value. */
const tensors = (values as PrintedValueEntry[]).filter(({ printed }) => printed.startsWith('tensor(['));

/** A tensor whose visible values are those of the text; what it hides or leaves out is `rest`. */
function rebuild(printed: string, rest = 1, size?: number[]) {
  const { values: shown, rank, dtype } = parsePrinted(printed);
  const shape = size ?? [];
  for (let axis = shape.length; axis < rank; axis++) {
    const places = shown.map(({ at }) => at[axis]);
    shape.push(places.some((place) => place < 0) ? HIDDEN_SIZE : Math.max(...places) + 1);
  }
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(rest);
  for (const { at, value } of shown) {
    const index = at.reduce(
      (sum, place, axis) => sum * shape[axis] + ((place + shape[axis]) % shape[axis]),
      0
    );
    data[index] = value;
  }
  return { shape, data, dtype };
}

describe('printTensor beside the tensors that the sources print', () => {
  it('has them all', () => expect(tensors.length).toBe(30));

  it.each(tensors.filter(({ cut }) => !cut))('prints $id letter for letter', ({ printed }) => {
    expect(printTensor(rebuild(printed))).toBe(`${printed.replace(/\)$/, '')})`);
  });

  it.each(tensors.filter(({ cut }) => cut))('prints $id as far as it was kept', ({ printed }) => {
    expect(printTensor(rebuild(printed, SMALL, [HIDDEN_SIZE])).startsWith(printed)).toBe(true);
  });
});

describe('parsePrinted(text)', () => {
  it('reads values, places and the unit of the last digit', () => {
    const {
      values: read,
      rank,
      summarised,
      dtype
    } = parsePrinted('tensor([[-1.5e-02,  ...,  2.0]], grad_fn=<X>)');
    expect(read).toEqual([
      { at: [0, 0], value: -0.015, unit: expect.closeTo(1e-3, 9) as number },
      { at: [0, -1], value: 2, unit: 0.1 }
    ]);
    expect({ rank, summarised, dtype }).toEqual({ rank: 2, summarised: true, dtype: 'float32' });
  });

  it('tells integers, floats and booleans apart', () => {
    expect(parsePrinted('tensor([1, 2])').dtype).toBe('int64');
    expect(parsePrinted('tensor([1., 2.])').dtype).toBe('float32');
    expect(parsePrinted('tensor([True, False])').dtype).toBe('bool');
    expect(parsePrinted('tensor([nan, -inf])').values.map(({ value }) => value)).toEqual([NaN, -Infinity]);
  });

  it('asks for a tensor', () => {
    expect(() => parsePrinted('[1, 2]')).toThrow('parsePrinted: text must hold "tensor(", got "[1, 2]".');
  });
});
