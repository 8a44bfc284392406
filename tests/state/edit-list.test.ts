import { describe, expect, it } from 'vitest';
import { InputError, parseEdit } from '../../src/lib/gpt2';
import {
  editsOn,
  formatEditList,
  MOST_EDITS,
  parseEditList,
  withEdit
} from '../../src/lib/state/why/edit-list';

const head = parseEdit('zero:z.8.2');
const mlp = parseEdit('mean:mlp_out.3@4');

describe('formatEditList(list) and parseEditList(text)', () => {
  it('marks an edit that is off, and reads it back', () => {
    const list = [
      { edit: head, isOff: false },
      { edit: mlp, isOff: true }
    ];
    expect(formatEditList(list)).toBe('zero:z.8.2;!mean:mlp_out.3@4');
    expect(parseEditList('zero:z.8.2;!mean:mlp_out.3@4')).toEqual(list);
    expect(editsOn(list)).toEqual([head]);
  });

  it('reads no edits from nothing, and nothing from what is no list or too long a one', () => {
    expect(parseEditList('')).toEqual([]);
    for (const text of ['zero', 'zero:y.1', '!!zero:z.1', 'zero:z.8.2;', 'alert(1)', '!'])
      expect(() => parseEditList(text)).toThrow(InputError);
    expect(parseEditList(new Array(MOST_EDITS).fill('zero:z.1').join(';'))).toHaveLength(MOST_EDITS);
    expect(() => parseEditList(new Array(MOST_EDITS + 1).fill('zero:z.1').join(';'))).toThrow('at most');
  });
});

describe('withEdit(list, edit)', () => {
  it('adds an edit once, and switches it on where it was off', () => {
    const off = { edit: head, isOff: true };
    expect(withEdit([off, { edit: mlp, isOff: false }], parseEdit('zero:z.8.2'))).toEqual([
      { edit: mlp, isOff: false },
      { edit: head, isOff: false }
    ]);
  });
});
