import { describe, expect, it } from 'vitest';
import { comparePrinted, compareTensor } from '../../../src/lib/lesson/checks/index.ts';

describe('comparePrinted(printed, ours, cut)', () => {
  it('lets a number differ by one unit of its last digit, and no more', () => {
    expect(comparePrinted('tensor([0.0530])', 'tensor([0.0531])').ok).toBe(true);
    expect(comparePrinted('tensor([0.0530])', 'tensor([0.0532])')).toEqual({
      ok: false,
      difference: expect.closeTo(2e-4, 9) as number,
      numbers: 1
    });
  });

  it('takes no less than float32 promises where a source printed more digits', () => {
    expect(comparePrinted('Value: -80.64991760253906', 'Value: -80.6500').ok).toBe(true);
    expect(comparePrinted('Value: -80.64991760253906', 'Value: -80.6503').ok).toBe(false);
    expect(comparePrinted('-1.5573e-04', '-1.66e-04').ok).toBe(false);
  });

  it('wants whole numbers and everything else equal', () => {
    expect(comparePrinted('torch.Size([1, 5, 768])', 'torch.Size([1, 5, 767])').ok).toBe(false);
    expect(comparePrinted("'a' 1", "'b' 1")).toEqual({ ok: false, difference: null, numbers: 1 });
    expect(comparePrinted('True', 'False').ok).toBe(false);
    expect(comparePrinted('[1, 2]', '[1, 2, 3]').ok).toBe(false);
    expect(comparePrinted('tensor([1.5000])', 'tensor([nan])').ok).toBe(false);
  });

  it('leaves spaces, line breaks and the bracket that an excerpt lacks out of account', () => {
    expect(comparePrinted('tensor([[ 0.1000,\n  0.2000]]', 'tensor([[0.1000, 0.2000]])').ok).toBe(true);
  });

  it('compares a text that was cut off as far as it goes', () => {
    expect(comparePrinted('tensor([ 1.5000, 2.5000,', 'tensor([1.5000, 2.5000, 3.5000])', true).ok).toBe(
      true
    );
    expect(comparePrinted('tensor([ 1.5000, 2.5000,', 'tensor([1.5000])', true).ok).toBe(false);
  });
});

describe('compareTensor(printed, tensor)', () => {
  const data = Float32Array.from([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);

  it('finds the values behind ... from the end of the axis', () => {
    const printed = 'tensor([[[0.1000,  ..., 0.4000],\n [0.5000,  ..., 0.8000]]], grad_fn=<AddBackward0>)';
    expect(compareTensor(printed, { shape: [2, 4], data })).toMatchObject({ ok: true, numbers: 4 });
    expect(compareTensor(printed.replace('0.8000', '0.7000'), { shape: [2, 4], data }).ok).toBe(false);
  });

  it('fails where there is no such place, another rank, or NaN', () => {
    expect(compareTensor('tensor([[1., 2., 3., 4., 5.]])', { shape: [2, 4], data }).ok).toBe(false);
    expect(compareTensor('tensor([0.1000])', { shape: [2, 4], data }).ok).toBe(false);
    expect(compareTensor('tensor([0.1000])', { shape: [1], data: [NaN] }).ok).toBe(false);
  });

  it('takes infinities as they are', () => {
    const printed = 'tensor([1.5000,   -inf])';
    expect(compareTensor(printed, { shape: [2], data: [1.5, -Infinity] }).ok).toBe(true);
    expect(compareTensor(printed, { shape: [2], data: [1.5, 3] }).ok).toBe(false);
  });
});
