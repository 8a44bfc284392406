// @vitest-environment jsdom
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Explorer } from '../../src/lib/state';
import type { FakeEngine } from './fake-engine.ts';
import { keepEnd } from '../../src/lib/state/prompt-limit.svelte.ts';
import { useFakePage } from './fake-page.ts';

const page = useFakePage([
  ['gpt2-nano', 8],
  ['gpt2-short', 4]
]);
const { settle, open, finish, prompts } = page;
let engine: FakeEngine;
let explorer: Explorer;

beforeEach(() => {
  ({ engine, explorer } = page);
});

describe('PromptLimit: a prompt of 10 tokens for a model that reads 8', () => {
  it('asks, and keeps the text and the last run until there is an answer', async () => {
    await open('?prompt=abc');
    explorer.prompts.type('abcdefghij');
    await settle();
    expect(explorer.limit.asked).toEqual({ tokens: 10, limit: 8, model: null });
    expect([explorer.selection.view.prompt, explorer.prompt.run?.T, explorer.prompt.running]).toEqual([
      'abcdefghij',
      3,
      false
    ]);
    expect(explorer.nextToken.canAppend).toBe(false);
  });

  it.each([
    ['last', 'cdefghij'],
    ['first', 'abcdefgh']
  ] as const)('keeps the %s 8, says what it left out, and undoes it', async (end, kept) => {
    await open('?prompt=abc');
    explorer.prompts.type('abcdefghij');
    await settle();
    void explorer.limit.keep(end);
    await settle();
    expect(prompts()).toEqual([kept]);
    await finish();
    expect([explorer.selection.view.prompt, explorer.prompt.run?.T, explorer.limit.asked]).toEqual([
      kept,
      8,
      null
    ]);
    expect(explorer.limit.cut).toEqual({ tokens: 10, kept: 8, end });
    explorer.limit.undo();
    await settle();
    expect([explorer.selection.view.prompt, explorer.prompt.run?.T, explorer.limit.cut]).toEqual([
      'abcdefghij',
      8,
      null
    ]);
    expect(explorer.limit.asked).toEqual({ tokens: 10, limit: 8, model: null });
  });

  it('asks of a link too, before anything was run', async () => {
    await open('?prompt=abcdefghij');
    expect([explorer.session.phase, explorer.prompt.run, explorer.limit.asked?.tokens]).toEqual([
      'ready',
      null,
      10
    ]);
    void explorer.limit.keep('last');
    await finish();
    expect([explorer.prompt.run?.T, explorer.selection.view.prompt]).toEqual([8, 'cdefghij']);
  });

  it('no longer offers to undo once the text was changed', async () => {
    await open('?prompt=abcdefghij');
    void explorer.limit.keep('last');
    await finish();
    explorer.prompts.type('xyz');
    expect(explorer.limit.cut).toBe(null);
    explorer.limit.undo();
    expect(explorer.selection.view.prompt).toBe('xyz');
  });

  it('asks when a token is added to a full context, and the full prompt’s run stays', async () => {
    await open('?prompt=abcdefgh');
    explorer.nextToken.takeBest();
    await settle();
    expect([explorer.limit.asked?.tokens, explorer.prompt.run?.T, explorer.selection.view.prompt]).toEqual([
      9,
      8,
      'abcdefghi'
    ]);
  });

  it('keeps <|endoftext|> in front of the last tokens', async () => {
    await open('?prompt=abc&bos=1');
    explorer.prompts.type('abcdefghij');
    await settle();
    expect(explorer.limit.asked?.tokens).toBe(11);
    void explorer.limit.keep('last');
    await settle();
    expect(engine.runs[0].ids).toEqual([26, 3, 4, 5, 6, 7, 8, 9]); // the special token, then d to j
  });
});

describe('PromptLimit: another model that reads fewer tokens', () => {
  it('asks before it is opened; the run stays', async () => {
    await open('?prompt=abcdef');
    await explorer.setModel('gpt2-short');
    expect(explorer.limit.asked).toEqual({ tokens: 6, limit: 4, model: 'gpt2-short' });
    expect([explorer.model.entry?.name, explorer.prompt.run?.T, explorer.modelSwitch.name]).toEqual([
      'gpt2-nano',
      6,
      null
    ]);
    explorer.limit.leave();
    expect([explorer.limit.asked, explorer.selection.view.prompt]).toEqual([null, 'abcdef']);
  });

  it('opens it with the end that was kept', async () => {
    await open('?prompt=abcdef');
    await explorer.setModel('gpt2-short');
    void explorer.limit.keep('last');
    await finish();
    await finish();
    expect([explorer.model.entry?.name, explorer.selection.view.prompt, explorer.prompt.run?.T]).toEqual([
      'gpt2-short',
      'cdef',
      4
    ]);
  });

  it('does not ask where the prompt fits', async () => {
    await open('?prompt=abc');
    void explorer.setModel('gpt2-short');
    await finish();
    expect([explorer.limit.asked, explorer.model.entry?.name]).toEqual([null, 'gpt2-short']);
  });
});

describe('keepEnd(tokens, limit, end, front)', () => {
  it('keeps exactly the limit, in order, of that end, and what stands in front', () => {
    const cases = fc.record({
      tokens: fc.array(fc.integer(), { minLength: 2, maxLength: 40 }),
      front: fc.boolean(),
      share: fc.double({ min: 0, max: 1, noNaN: true })
    });
    fc.assert(
      fc.property(cases, ({ tokens, front, share }) => {
        const limit = 1 + Math.floor(share * (tokens.length - 1.001));
        expect(keepEnd(tokens, limit, 'first', front)).toEqual(tokens.slice(0, limit));
        const last = keepEnd(tokens, limit, 'last', front);
        expect(last).toHaveLength(limit);
        const body = front ? last.slice(1) : last;
        if (front) expect(last[0]).toBe(tokens[0]);
        expect(body).toEqual(body.length === 0 ? [] : tokens.slice(-body.length));
      })
    );
  });
});
