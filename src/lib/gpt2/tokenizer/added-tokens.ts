/**
 * Tokens that are matched by name before a text is split: `<|endoftext|>` and whatever a model's authors added.
 *
 * Source: huggingface/tokenizers 0.23, added_vocabulary.rs.
 */

/** A token that stands for its name. */
export interface AddedToken {
  readonly content: string;
  /** Matched only where it is not part of a word. */
  readonly single_word: boolean;
  /** Takes the white space in front of it, too. */
  readonly lstrip: boolean;
  /** Takes the white space after it, too. */
  readonly rstrip: boolean;
  /** Looked for in the text as the normalizer leaves it. */
  readonly normalized: boolean;
  /** Not part of the text: a beginning, an end, a filler. */
  readonly special: boolean;
}

/** The added tokens of a tokenizer, in the order in which the library gives them their ids. */
export class AddedTokens {
  readonly #vocab: ReadonlyMap<string, number>;
  readonly #byId = new Map<number, AddedToken>();

  constructor(vocab: ReadonlyMap<string, number>) {
    this.#vocab = vocab;
  }

  get byId(): ReadonlyMap<number, AddedToken> {
    return this.#byId;
  }

  /** null: no such token, neither added nor in the vocabulary. */
  idOf(content: string): number | null {
    for (const [id, token] of this.#byId) if (token.content === content) return id;
    return this.#vocab.get(content) ?? null;
  }

  /** Adds a token: under its id in the vocabulary, else under the next one. The same name again changes its ways. */
  add(token: AddedToken): void {
    if (token.content !== '') this.#byId.set(this.idOf(token.content) ?? this.#nextId(), token);
  }

  /** After the vocabulary and after what was added. A gap before an id that a file names is not kept. */
  #nextId(): number {
    const last = Math.max(-1, ...this.#byId.keys());
    return Math.max(last + 1, this.#vocab.size);
  }
}

/** A part of a text: an added token, or what is between two of them. */
export interface TextPart {
  /** null: to be split and merged. */
  readonly id: number | null;
  readonly start: number;
  readonly end: number;
}

/** Cuts a text at the tokens it names, leftmost and longest first. */
export function addedTokenSplitter(tokens: ReadonlyMap<number, AddedToken>): (text: string) => TextPart[] {
  if (tokens.size === 0) return (text) => between(null, 0, text.length);
  const ids = new Map([...tokens].map(([id, { content }]) => [content, id]));
  const names = [...ids.keys()].sort((a, b) => b.length - a.length).map(escaped);
  const pattern = new RegExp(names.join('|'), 'gu');
  return (text) => {
    const parts: TextPart[] = [];
    let done = 0;
    for (const match of text.matchAll(pattern)) {
      const id = ids.get(match[0])!;
      const place = placeOf(text, tokens.get(id)!, match.index, match.index + match[0].length, done);
      if (!place) continue;
      parts.push(...between(null, done, place.start), { id, ...place });
      done = place.end;
    }
    parts.push(...between(null, done, text.length));
    return parts;
  };
}

const WORD = String.raw`[\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}]`;
const WORD_AT_END = new RegExp(`${WORD}$`, 'u');
const WORD_AT_START = new RegExp(`^${WORD}`, 'u');
/** White space as Rust has it: U+0085 is some, U+FEFF is none. */
export const WHITE_SPACE = String.raw`\p{White_Space}`;
const SPACE_AT_END = new RegExp(`${WHITE_SPACE}+$`, 'u');
const SPACE_AT_START = new RegExp(`^${WHITE_SPACE}+`, 'u');

/** Where a match counts, with the space it takes; null where it does not count. */
function placeOf(
  text: string,
  { single_word, lstrip, rstrip }: AddedToken,
  start: number,
  end: number,
  done: number
): { start: number; end: number } | null {
  if (single_word && (WORD_AT_END.test(text.slice(0, start)) || WORD_AT_START.test(text.slice(end))))
    return null;
  const before = lstrip ? (SPACE_AT_END.exec(text.slice(done, start))?.[0].length ?? 0) : 0;
  const after = rstrip ? (SPACE_AT_START.exec(text.slice(end))?.[0].length ?? 0) : 0;
  return { start: start - before, end: end + after };
}

const between = (id: null, start: number, end: number): TextPart[] =>
  start < end ? [{ id, start, end }] : [];

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
