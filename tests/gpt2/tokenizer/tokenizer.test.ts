import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinBytes, textToBytes } from '../../../src/lib/gpt2/tokenizer/byte-pieces.ts';
import { createTokenizer, createVocabulary } from '../../../src/lib/gpt2/tokenizer/tokenizer.ts';
import type { Token } from '../../../src/lib/gpt2/tokenizer/tokens.ts';

interface FixtureCase {
  text: string;
  ids: number[];
  offsets: [number, number][];
  decoded: string;
}

const MODEL = new URL('../../../static/models/gpt2-nano/', import.meta.url);
const vocab = JSON.parse(readFileSync(new URL('vocab.json', MODEL), 'utf8')) as Record<string, number>;
const merges = readFileSync(new URL('merges.txt', MODEL), 'utf8');
const fixture = JSON.parse(
  readFileSync(new URL('../../fixtures/tokenizer.json', import.meta.url), 'utf8')
) as {
  cases: FixtureCase[];
};

const tokenizer = createTokenizer({ vocab, merges });
const END_OF_TEXT = 50256;
const ids = (tokens: Token[]): number[] => tokens.map(({ id }) => id);
const places = (tokens: Token[]): number[][] => tokens.map(({ start, end }) => [start, end]);

describe('encode(text)', () => {
  // Each line is printed in the notebook named beside it.
  it.each([
    ['This is an example sentence', [1212, 318, 281, 1672, 6827], 'seeds/000'],
    ['Hello', [15496], 'seeds/001'],
    ['Hello world', [15496, 995], 'seeds/001'],
    ['Hello dear!', [15496, 13674, 0], 'seeds/001'],
    ['Today we can go to', [8888, 356, 460, 467, 284], 'seeds/001'],
    ['Today we can go to the next', [8888, 356, 460, 467, 284, 262, 1306], 'seeds/001'],
    [
      'long long ago, I was a boy, I love',
      [6511, 890, 2084, 11, 314, 373, 257, 2933, 11, 314, 1842],
      'seeds/002'
    ],
    ['gpt2.drawio', [70, 457, 17, 13, 19334, 952], 'seeds/002'],
    ['The theory of relativity is', [464, 4583, 286, 44449, 318], 'seeds/003'],
    ['The theory of relativity is that', [464, 4583, 286, 44449, 318, 326], 'seeds/003']
  ])('gives the ids of the notebook for %j', (text, expected) => {
    expect(ids(tokenizer.encode(text))).toEqual(expected);
    expect(tokenizer.decode(expected)).toBe(text);
  });

  it('gives as many tokens as the notebook has logits rows', () => {
    expect(tokenizer.encode("The American flag's colors are red, blue and")).toHaveLength(10); // seeds/001
  });

  it.each([
    // seeds/002, convert_ids_to_tokens
    [
      'long long ago, I was a boy, I love',
      ['long', 'Ġlong', 'Ġago', ',', 'ĠI', 'Ġwas', 'Ġa', 'Ġboy', ',', 'ĠI', 'Ġlove']
    ],
    ['gpt2.drawio', ['g', 'pt', '2', '.', 'draw', 'io']]
  ])('cuts %j into the pieces of the notebook', (text, expected) => {
    const { pieces } = tokenizer.pieces();
    expect(ids(tokenizer.encode(text)).map((id) => pieces[id])).toEqual(expected);
  });

  it('gives the words of the notebook beside their ids', () => {
    const words = tokenizer.encode('The theory of relativity is').map(({ text }) => text); // seeds/003
    expect(words).toEqual(['The', ' theory', ' of', ' relativity', ' is']);
  });

  it.each(fixture.cases)('agrees with Hugging Face on $text', ({ text, ids: expected, offsets }) => {
    const tokens = tokenizer.encode(text);
    expect(ids(tokens)).toEqual(expected);
    expect(places(tokens)).toEqual(offsets);
  });

  it('gives no token for an empty text', () => {
    expect(tokenizer.encode('')).toEqual([]);
  });

  it('lets every token that holds a part of an emoji span that emoji', () => {
    const tokens = tokenizer.encode('a 🤖!'); // F0 9F | A4 | 96, the first with the space before it
    expect(places(tokens)).toEqual([[0, 1], [1, 4], [2, 4], [2, 4], [4, 5]]); // prettier-ignore
    expect(tokens[1].text).toBe(' \ufffd');
    expect([...tokens[1].bytes]).toEqual([0x20, 0xf0, 0x9f]);
  });

  it('turns a typed <|endoftext|> into the special token, over its 13 characters', () => {
    const tokens = tokenizer.encode('a<|endoftext|>b');
    expect(ids(tokens)).toEqual([64, END_OF_TEXT, 65]);
    expect(tokens[1]).toMatchObject({ text: '<|endoftext|>', start: 1, end: 14, special: true });
    expect(tokens[0].special).toBe(false);
  });

  it('reads half a surrogate pair as U+FFFD, and places it on its one unit', () => {
    const tokens = tokenizer.encode('a\ud83e');
    expect([...joinBytes(tokens.map(({ bytes }) => bytes))]).toEqual([0x61, 0xef, 0xbf, 0xbd]);
    expect(tokens.at(-1)).toMatchObject({ start: 1, end: 2 });
  });

  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('\ud800', '\udfff', ' ', '\n', '\0', 'é', 'e\u0301', '<|', "'s"),
      maxLength: 30
    })
  );

  it('loses no byte: the tokens joined are the UTF-8 of the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = joinBytes(tokenizer.encode(text).map((token) => token.bytes));
        expect([...bytes]).toEqual([...textToBytes(text)]);
      })
    );
  });

  it('covers the text from its start to its end, each token within it and none before the last', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let covered = 0;
        let start = 0;
        for (const token of tokenizer.encode(text)) {
          expect(token.start).toBeGreaterThanOrEqual(start);
          expect(token.start).toBeLessThanOrEqual(covered);
          expect(token.end).toBeGreaterThan(token.start);
          start = token.start;
          covered = Math.max(covered, token.end);
        }
        expect(covered).toBe(text.length);
      })
    );
  });
});

describe('decode(ids)', () => {
  it('gives the empty text for no ids', () => {
    expect(tokenizer.decode([])).toBe('');
  });

  it('writes the padding of a left-padded batch as its name', () => {
    // seeds/001 and seeds/002
    expect(tokenizer.decode([END_OF_TEXT, END_OF_TEXT, 15496])).toBe('<|endoftext|><|endoftext|>Hello');
    const padded = [50256, 50256, 50256, 50256, 50256, 70, 457, 17, 13, 19334, 952];
    expect(tokenizer.decode(padded)).toBe('<|endoftext|>'.repeat(5) + 'gpt2.drawio');
  });

  it.each(fixture.cases)('agrees with Hugging Face on the ids of $text', ({ ids: list, decoded }) => {
    expect(tokenizer.decode(list)).toBe(decoded);
  });

  it('gives no text for an id without a token, as Hugging Face', () => {
    expect(tokenizer.decode([0, 50257, 1])).toBe(tokenizer.decode([0, 1]));
  });
});

describe('token(id), pieces()', () => {
  // seeds/001: "Index: 262, ... Decoded:  the" and so on; seeds/003 for 326
  it.each([
    [262, ' the'],
    [257, ' a'],
    [670, ' work'],
    [1175, ' war'],
    [597, ' any'],
    [1306, ' next'],
    [886, ' end'],
    [2003, ' future'],
    [966, ' point'],
    [9231, ' polls'],
    [326, ' that']
  ])('reads %i as the notebook does: %j', (id, text) => {
    expect(tokenizer.token(id)).toMatchObject({ id, text, start: 0, end: 0, special: false });
  });

  it("knows GPT-2's 50257 tokens and its one special token", () => {
    expect(tokenizer.vocab_size).toBe(50257); // seeds/002
    const named = { bos_token: END_OF_TEXT, eos_token: END_OF_TEXT, unk_token: END_OF_TEXT };
    expect(tokenizer.named).toEqual(named);
    expect(tokenizer.frame).toEqual({ front: [], back: [] });
    expect(tokenizer.pieces().specials).toEqual([END_OF_TEXT]);
    expect(tokenizer.token(END_OF_TEXT)).toMatchObject({ text: '<|endoftext|>', special: true });
  });

  it('gives pieces that make the same tokens on another page', () => {
    const vocabulary = createVocabulary(structuredClone(tokenizer.pieces()));
    for (const id of [0, 262, 12520, END_OF_TEXT]) expect(vocabulary.token(id)).toEqual(tokenizer.token(id));
  });
});
