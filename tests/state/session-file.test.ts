import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatSession, parseSession, SessionError } from '../../src/lib/state/session-file.ts';
import { formatView, parseView } from '../../src/lib/state/url.ts';
import { anyView, FIELDS } from './any-view.ts';

const FIELD_NAMES = Object.keys(FIELDS);
const SAVED = '2026-01-02T03:04:05.000Z';

describe('parseSession(formatSession(session))', () => {
  it('is the view and the notes, whatever they are', () => {
    fc.assert(
      fc.property(anyView, fc.string(), (view, notes) => {
        const session = parseSession(formatSession({ link: formatView(view), notes }, SAVED));
        expect(parseView(session.link)).toEqual({ state: view, problems: [] });
        expect(session.notes).toBe(notes);
      })
    );
  });

  it('is a file that people can read, with a format and versions', () => {
    const link =
      'v=2&model=gpt2-nano&prompt=Tom+saw&view=attention&layer=3&head=7&pins=3.7&edits=zero%3Az.3.7';
    expect(JSON.parse(formatSession({ link, notes: 'look at 3.7' }, SAVED))).toEqual({
      format: 'gpt2-lens session',
      version: 1,
      saved: SAVED,
      view: {
        v: '2',
        model: 'gpt2-nano',
        prompt: 'Tom saw',
        view: 'attention',
        layer: '3',
        head: '7',
        pins: '3.7',
        edits: 'zero:z.3.7'
      },
      notes: 'look at 3.7'
    });
  });

  it('brings the view of an older link to the newest version', () => {
    const old = JSON.stringify({
      format: 'gpt2-lens session',
      version: 1,
      saved: SAVED,
      view: { v: '1', step: 'intro' },
      notes: ''
    });
    expect(new URLSearchParams(parseSession(old).link).get('lesson_step')).toBe('intro');
  });
});

describe('parseSession(text)', () => {
  it.each([
    ['no JSON', 'must be JSON'],
    ['[]', 'got format: Invalid key'],
    [JSON.stringify({ format: 'gpt2-lens session', version: 2, saved: '', view: {}, notes: '' }), 'version'],
    [
      JSON.stringify({ format: 'gpt2-lens session', version: 1, saved: '', view: { v: 2 }, notes: '' }),
      'view.v'
    ],
    ['x'.repeat(1_000_001), 'at most 1000000 letters']
  ])('refuses %.60s and says what is wrong', (text, sentence) => {
    expect(() => parseSession(text)).toThrow(SessionError);
    expect(() => parseSession(text)).toThrow(sentence);
  });

  it('takes or refuses any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseSession(text)).toThrow(SessionError);
      })
    );
  });

  it('takes or refuses a session with any values', () => {
    const near = fc.record(
      {
        format: fc.constant('gpt2-lens session'),
        version: fc.constant(1),
        saved: fc.string(),
        view: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...FIELD_NAMES)), fc.string()),
        notes: fc.oneof(fc.string(), fc.jsonValue())
      },
      { requiredKeys: ['format', 'version', 'view'] }
    );
    fc.assert(
      fc.property(near, (session) => {
        const isWhole = typeof session.notes === 'string' && session.saved !== undefined;
        const read = () => parseSession(JSON.stringify(session));
        if (isWhole) expect(parseView(read().link).state).toBeTypeOf('object');
        else expect(read).toThrow(SessionError);
      })
    );
  });
});
