/**
 * Cuts a text into the words that a tokenizer's model then merges or looks up.
 *
 * Source: huggingface/tokenizers 0.23, pre_tokenizers and normalizer.rs, split.
 */
import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { WHITE_SPACE } from './added-tokens.ts';
import { sliceAligned, toByteCharacters, withFront, type AlignedText } from './aligned-text.ts';
import { isRecord, refuse } from './refuse.ts';

export type PreTokenize = (text: AlignedText) => AlignedText[];

/** How GPT-2 cuts a text into words before merging: contractions, then letters, digits or other signs with at most one space in front. */
const SPLIT = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;
const WORD = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
const WORD_OR_SIGNS = new RegExp(`${WORD}+|(?:(?!${WORD})${notSpace()})+`, 'gu');
const SPACE = new RegExp(`${WHITE_SPACE}+`, 'gu');
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/gu;
const STARTS_WITH_SPACE = new RegExp(`^${WHITE_SPACE}`, 'u');

function notSpace(): string {
  return String.raw`\P{White_Space}`;
}

/** What becomes of the parts that a pattern matches. */
const BEHAVIORS = ['Removed', 'Isolated', 'Contiguous', 'MergedWithPrevious', 'MergedWithNext'] as const;
type Behavior = (typeof BEHAVIORS)[number];

/** GPT-2's own: words, each byte of them as the character that stands for it. */
export function byteLevel(addPrefixSpace: boolean, useRegex = true): PreTokenize {
  const words = useRegex
    ? splitter(libraryPattern({ Regex: SPLIT }), 'Isolated')
    : (text: AlignedText) => [text];
  return (text) => {
    const spaced = addPrefixSpace && !STARTS_WITH_SPACE.test(text.text) ? withFront(text, ' ') : text;
    return words(spaced).map(toByteCharacters);
  };
}

/**
 * What a tokenizer.json's pre_tokenizer does; null: nothing.
 *
 * Throws: TokenizerError that names a type it does not know.
 */
export function preTokenizer(json: unknown): PreTokenize {
  if (json === null || json === undefined) return (text) => [text];
  if (!isRecord(json)) refuse('tokenizerJson.pre_tokenizer', 'an object or null', typeof json);
  const make = Object.hasOwn(TYPES, String(json.type)) ? TYPES[String(json.type)] : null;
  if (!make) refuse('tokenizerJson.pre_tokenizer.type', `one of ${Object.keys(TYPES).join(', ')}`, json.type);
  return make(json);
}

const TYPES: Readonly<Record<string, (json: Record<string, unknown>) => PreTokenize>> = {
  Sequence: ({ pretokenizers }) => {
    if (!Array.isArray(pretokenizers))
      refuse('pre_tokenizer.pretokenizers', 'an array', typeof pretokenizers);
    const steps = pretokenizers.map(preTokenizer);
    return (text) => steps.reduce<AlignedText[]>((words, step) => words.flatMap(step), [text]);
  },
  ByteLevel: ({ add_prefix_space, use_regex }) => byteLevel(add_prefix_space !== false, use_regex !== false),
  Split: ({ pattern, behavior, invert }) => {
    const known = BEHAVIORS.find((name) => name === behavior);
    if (!known) refuse('pre_tokenizer.behavior', `one of ${BEHAVIORS.join(', ')}`, String(behavior));
    return splitter(libraryPattern(pattern), known, invert === true);
  },
  Whitespace: () => splitter(WORD_OR_SIGNS, 'Removed', true),
  WhitespaceSplit: () => splitter(SPACE, 'Removed'),
  CharDelimiterSplit: ({ delimiter }) => splitter(libraryPattern({ String: String(delimiter) }), 'Removed'),
  Digits: ({ individual_digits }) =>
    individual_digits === true ? splitter(/\p{N}/gu, 'Isolated') : splitter(/\p{N}/gu, 'Contiguous'),
  Punctuation: ({ behavior }) =>
    splitter(PUNCTUATION, BEHAVIORS.find((name) => name === behavior) ?? 'Isolated'),
  BertPreTokenizer: () => {
    const [words, signs] = [splitter(SPACE, 'Removed'), splitter(PUNCTUATION, 'Isolated')];
    return (text) => words(text).flatMap(signs);
  },
  FixedLength: ({ length }) => {
    if (!Number.isSafeInteger(length) || (length as number) < 1)
      refuse('pre_tokenizer.length', 'a count', length);
    return splitter(new RegExp(`[^]{1,${length as number}}`, 'gu'), 'Isolated');
  },
  Metaspace: metaspace
};

/** The library turns the patterns of its Rust twin into JavaScript's. */
function libraryPattern(pattern: unknown): RegExp {
  const known =
    isRecord(pattern) && (typeof pattern.Regex === 'string' || typeof pattern.String === 'string');
  if (!known) refuse('pre_tokenizer.pattern', 'a Regex or a String', JSON.stringify(pattern));
  try {
    const json = { type: 'Split', pattern, behavior: 'Isolated', invert: true };
    return (new SplitPreTokenizer(json as never) as unknown as { pattern: RegExp }).pattern;
  } catch (error) {
    return refuse('pre_tokenizer.pattern', 'a pattern that JavaScript has, too', (error as Error).message);
  }
}

interface Part {
  from: number;
  to: number;
  isMatch: boolean;
}

/** Cuts a text at what `pattern` matches. @param invert at what it does not match */
function splitter(pattern: RegExp, behavior: Behavior, invert = false): PreTokenize {
  return (text) => {
    const parts: Part[] = [];
    let done = 0;
    const add = (to: number, isMatch: boolean) => {
      if (to > done) parts.push({ from: done, to, isMatch: isMatch !== invert });
      done = Math.max(done, to);
    };
    for (const { 0: match, index } of text.text.matchAll(pattern)) {
      add(index, false);
      add(index + match.length, true);
    }
    add(text.text.length, false);
    return behave(parts, behavior).map(({ from, to }) => sliceAligned(text, from, to));
  };
}

function behave(parts: readonly Part[], behavior: Behavior): Part[] {
  if (behavior === 'Isolated') return [...parts];
  if (behavior === 'Removed') return parts.filter(({ isMatch }) => !isMatch);
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (before && belongTogether(before, part, behavior)) {
      before.to = part.to;
      before.isMatch = part.isMatch;
    } else joined.push({ ...part });
  }
  return joined;
}

/** `before.isMatch` is that of its last part. */
function belongTogether(before: Part, part: Part, behavior: Behavior): boolean {
  if (behavior === 'Contiguous') return before.isMatch === part.isMatch;
  if (behavior === 'MergedWithPrevious') return part.isMatch && !before.isMatch;
  return before.isMatch && !part.isMatch;
}

/** Spaces become a sign, and each word begins with one. */
function metaspace({ replacement, prepend_scheme, split }: Record<string, unknown>): PreTokenize {
  const sign = typeof replacement === 'string' ? replacement : '▁';
  return (text) => {
    const signed = { ...text, text: text.text.replaceAll(' ', sign) };
    const isFirst = text.starts[0] === 0;
    const prepends = prepend_scheme === 'never' ? false : prepend_scheme === 'first' ? isFirst : true;
    const whole = prepends && !signed.text.startsWith(sign) ? withFront(signed, sign) : signed;
    return split === false ? [whole] : splitter(libraryPattern({ String: sign }), 'MergedWithNext')(whole);
  };
}
