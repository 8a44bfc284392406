import { describe, expect, it } from 'vitest';
import type { CellValue } from '../../src/lib/cells/index.ts';
import { bestForm, formsOf, gap, readAnswer, sayAnswer } from '../../src/lib/lesson/predict.ts';

const text = (value: string): CellValue => ({ kind: 'text', text: value });
const record = (entries: Record<string, CellValue>): CellValue => ({
  kind: 'record',
  entries: Object.entries(entries)
});
const scores: CellValue = {
  kind: 'tensor',
  shape: [3],
  data: Float32Array.of(0.25, 0.5, 0.25),
  dtype: 'float32'
};

describe('readAnswer(value)', () => {
  it('reads answer, sentence, values and scores, and null out of anything else', () => {
    const value = record({ answer: text('1'), says: text('So.'), values: record({ n: text('7') }), scores });
    const answer = readAnswer(value)!;
    expect(answer).toMatchObject({ answer: '1', says: 'So.' });
    expect([...answer.values]).toEqual([['n', '7']]);
    expect(gap(answer, 0)).toBe(0.25);
    expect(readAnswer(text('1'))).toBeNull();
    expect(readAnswer(record({ says: text('So.') }))).toBeNull();
  });
});

describe('sayAnswer(sentence, answer)', () => {
  const answer = readAnswer(
    record({ answer: text('grows'), says: text('Ours.'), values: record({ from: text('1'), to: text('2') }) })
  )!;

  it("puts the answer's values into the question's sentence, in any order", () => {
    expect(sayAnswer('From {from} to {to}.', answer)).toBe('From 1 to 2.');
    expect(sayAnswer('{to}，原为 {from}', answer)).toBe('2，原为 1');
  });

  it("says the program's own sentence where the question has none", () => {
    expect(sayAnswer(null, answer)).toBe('Ours.');
  });
});

describe('formsOf(typed) and bestForm(forms, answer)', () => {
  it.each([
    ['.', ['.', ' .']],
    ['·the', [' the', 'the']],
    [' the', [' the', 'the']],
    ['↵', ['\n', ' \n']]
  ])('%j may be %j', (typed, forms) => expect(formsOf(typed)).toEqual(forms));

  it('counts either form of a token as right', () => {
    const forms = [
      { id: 0, label: '.' },
      { id: 1, label: '·.' }
    ];
    const answer = (id: number) => ({
      answer: String(id),
      says: '',
      values: new Map(),
      scores: Float32Array.of(0.1, 0.2, 0.7)
    });
    expect(bestForm(forms, answer(0)).label).toBe('.');
    expect(bestForm(forms, answer(1)).label).toBe('·.');
    expect(bestForm(forms, answer(2)).label, 'the likelier of two wrong ones').toBe('·.');
  });
});
