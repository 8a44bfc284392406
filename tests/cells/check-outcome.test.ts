import { describe, expect, it } from 'vitest';
import { checkedOutcome, type CellOutcome } from '../../src/lib/cells/index.ts';

const spent = { printed: [], milliseconds: 1 };
const given = (value: unknown) => ({ ok: true, value, ...spent });
const data = new Float32Array([1, 2, 3, 4, 5, 6]);
const right = { kind: 'tensor', shape: [2, 3], data, dtype: 'float32' };

function errorOf(sent: unknown): string {
  const outcome = checkedOutcome(sent);
  return outcome.ok ? '' : outcome.error;
}

describe('checkedOutcome(sent)', () => {
  it('lets through what can be drawn, inside of lists and records too', () => {
    const nested = {
      kind: 'list',
      items: [
        { kind: 'record', entries: [['a', right]] },
        { kind: 'text', text: 'b' }
      ]
    };
    for (const value of [right, nested, { kind: 'nothing' }]) {
      expect(checkedOutcome(given(value))).toEqual(given(value));
    }
    const failed: CellOutcome = {
      ok: false,
      error: 'Error: a',
      line: 1,
      column: null,
      inCell: null,
      hint: { code: 'loop', name: null },
      ...spent
    };
    expect(checkedOutcome(failed)).toEqual(failed);
  });

  it('says of a shape that does not fit its data what it is, however deep it stands', () => {
    const wrong = { ...right, shape: [2, 2] };
    expect(errorOf(given(wrong))).toContain('its shape [2, 2] does not fit its 6 values');
    expect(errorOf(given({ kind: 'list', items: [wrong] }))).toContain('does not fit its 6 values');
    expect(errorOf({ ...given(right), printed: [[wrong]] })).toContain('does not fit its 6 values');
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'ok'],
    ['another kind', given({ kind: 'html', html: '<b>' })],
    ['a list in place of an array of numbers', given({ ...right, data: [1, 2, 3, 4, 5, 6] })],
    ['a negative length', given({ ...right, shape: [-2, -3] })],
    ['a row that holds an object', given({ kind: 'table', columns: ['a'], rows: [[{}]] })],
    [
      'an error that is no text',
      { ok: false, error: {}, line: null, column: null, inCell: null, hint: null, ...spent }
    ]
  ])('refuses %s with a sentence', (_, sent) => {
    expect(errorOf(sent)).toMatch(/^The result cannot be shown: ./);
  });
});
