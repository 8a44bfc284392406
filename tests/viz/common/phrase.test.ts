import { describe, expect, it } from 'vitest';
import { phraseParts } from '../../../src/lib/viz/common/phrase';

describe('phraseParts(text)', () => {
  it('tells code, stress and slots from the rest', () => {
    expect(phraseParts('Drop `config.json`, **all** of {token} here')).toEqual([
      { kind: 'plain', text: 'Drop ' },
      { kind: 'code', text: 'config.json' },
      { kind: 'plain', text: ', ' },
      { kind: 'strong', text: 'all' },
      { kind: 'plain', text: ' of ' },
      { kind: 'slot', text: 'token' },
      { kind: 'plain', text: ' here' }
    ]);
  });

  it('takes marks inside code as they are, and a lone mark as text', () => {
    expect(phraseParts('`{x} **y**` 2 * 3 {a b} `')).toEqual([
      { kind: 'code', text: '{x} **y**' },
      { kind: 'plain', text: ' 2 * 3 {a b} `' }
    ]);
  });
});
