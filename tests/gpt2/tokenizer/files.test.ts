import { describe, expect, it } from 'vitest';
import { bytesToUnicode } from '../../../src/lib/gpt2/tokenizer/byte-pieces.ts';
import { TokenizerError } from '../../../src/lib/gpt2/errors.ts';
import { createTokenizer, type TokenizerFiles } from '../../../src/lib/gpt2/tokenizer/tokenizer.ts';
import type { Token } from '../../../src/lib/gpt2/tokenizer/tokens.ts';

const ids = (tokens: Token[]): number[] => tokens.map(({ id }) => id);
const places = (tokens: Token[]): number[][] => tokens.map(({ start, end }) => [start, end]);

/** A vocabulary of the 256 bytes, "ab" and `<|endoftext|>`, to be spoilt in one place. */
const smallVocab = (): Record<string, unknown> =>
  Object.fromEntries([...bytesToUnicode(), 'ab', '<|endoftext|>'].map((piece, id) => [piece, id]));
const smallMerges = '#version: 0.2\na b\n';
const smallJson = (): Record<string, unknown> => ({
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  added_tokens: [{ id: 257, content: '<|endoftext|>', special: true }],
  model: { type: 'BPE', vocab: smallVocab(), merges: ['a b'] }
});

describe('createTokenizer(files)', () => {
  it('reads a tokenizer.json like vocab.json with merges.txt, in both spellings of merges', () => {
    const text = 'ab cab<|endoftext|>';
    const expected = ids(createTokenizer({ vocab: smallVocab(), merges: smallMerges }).encode(text));
    expect(expected).toContain(256);
    expect(ids(createTokenizer({ tokenizerJson: smallJson() }).encode(text))).toEqual(expected);
    const pairs = { ...smallJson(), model: { type: 'BPE', vocab: smallVocab(), merges: [['a', 'b']] } };
    expect(ids(createTokenizer({ tokenizerJson: pairs }).encode(text))).toEqual(expected);
  });

  it('takes further special tokens from a tokenizer.json', () => {
    const json = smallJson();
    json.added_tokens = [{ id: 258, content: '<pad me>', special: true }];
    const withPad = createTokenizer({ tokenizerJson: json });
    expect(withPad.pieces().specials.toSorted()).toEqual([257, 258]);
    expect(places(withPad.encode('a<pad me>b'))).toEqual([[0, 1], [1, 9], [9, 10]]); // prettier-ignore
    expect(withPad.decode([258])).toBe('<pad me>');
  });

  it('accepts CRLF in merges.txt', () => {
    const windows = createTokenizer({ vocab: smallVocab(), merges: smallMerges.replaceAll('\n', '\r\n') });
    expect(ids(windows.encode('ab'))).toEqual([256]);
  });

  const spoiltVocab = (change: (vocab: Record<string, unknown>) => void): TokenizerFiles => {
    const spoilt = smallVocab();
    change(spoilt);
    return { vocab: spoilt, merges: smallMerges };
  };
  const spoiltJson = (change: Record<string, unknown>): TokenizerFiles => ({
    tokenizerJson: { ...smallJson(), ...change }
  });
  const AS_IT_IS = { tokenizer_class: 'PreTrainedTokenizerFast' };
  const withMerges = (text: unknown): TokenizerFiles => ({ vocab: smallVocab(), merges: text as string });

  it.each<[string, TokenizerFiles, RegExp]>([
    ['a vocab that is an array', { vocab: [], merges: '' }, /vocab must be an object .* got an array/],
    ['a missing vocab', { vocab: null, merges: '' }, /vocab must be an object .* got null/],
    [
      'an id that is text',
      spoiltVocab((v) => (v.ab = '256')),
      /vocab\["ab"\] must be an integer .* string "256"/
    ],
    ['an id that is no integer', spoiltVocab((v) => (v.ab = 1.5)), /vocab\["ab"\] must be .* number 1.5/],
    ['a negative id', spoiltVocab((v) => (v.ab = -1)), /vocab\["ab"\] must be .* number -1/],
    [
      'an id used twice',
      spoiltVocab((v) => (v.ab = 0)),
      /vocab must be one id per piece, got 0 for "Ā" and "ab"/
    ],
    [
      'merges that are no text',
      withMerges(undefined),
      /merges must be the text of merges.txt, got undefined/
    ],
    ['a merge of one piece', withMerges('ab'), /merges line 1 must be two pieces .* got \["ab"\]/],
    ['a merge of three pieces', withMerges('#version\na b c'), /merges line 2 must be two pieces/],
    ['a merge with two spaces', withMerges('a  b'), /merges line 1 must be two pieces/],
    ['a merge to an unknown piece', withMerges('a c'), /merge 0 must be made of pieces of vocab, got "ac"/],
    ['a tokenizer.json that is text', { tokenizerJson: '{}' }, /tokenizerJson must be an object, got string/],
    [
      'another model',
      { ...spoiltJson({ model: { type: 'Unigram', vocab: {} } }), tokenizerConfig: AS_IT_IS },
      /model.type must be BPE or WordLevel, got Unigram/
    ],
    [
      'a split that is not known',
      { ...spoiltJson({ pre_tokenizer: { type: 'UnicodeScripts' } }), tokenizerConfig: AS_IT_IS },
      /pre_tokenizer.type must be one of .* got UnicodeScripts/
    ],
    [
      'a class of another model',
      { ...spoiltVocab(() => {}), tokenizerConfig: { tokenizer_class: 'T5Tokenizer' } },
      /tokenizer_class must be GPT2Tokenizer, got "T5Tokenizer"/
    ],
    [
      'a template without text',
      spoiltJson({ post_processor: { type: 'TemplateProcessing', single: [] } }),
      /single must be one with the text in it/
    ],
    [
      'a post-processor that is not known',
      spoiltJson({ post_processor: { type: 'X' } }),
      /post_processor.type must be one of/
    ],
    [
      'added_tokens.json without ids',
      { ...spoiltVocab(() => {}), addedTokens: { '<x>': 'y' } },
      /added_tokens.json\["<x>"\] must be an id/
    ],
    ['no added tokens', spoiltJson({ added_tokens: 1 }), /added_tokens must be an array, got number 1/],
    ['a nameless added token', spoiltJson({ added_tokens: [{ id: 1 }] }), /added token must be an object/],
    [
      'an added token without id',
      spoiltJson({ added_tokens: [{ content: '<x>' }] }),
      /added token must be an object with content and an integer id/
    ]
  ])('refuses %s', (_, files, message) => {
    expect(() => createTokenizer(files)).toThrow(TokenizerError);
    expect(() => createTokenizer(files)).toThrow(message);
  });
});
