/** One token of a prompt: what the model reads at one position. */
export interface Token {
  /** Row of wte. */
  readonly id: number;
  /** The bytes decoded as UTF-8; U+FFFD where they hold only a part of a character. */
  readonly text: string;
  /** The bytes this token stands for; of a special token, its name's. */
  readonly bytes: Uint8Array;
  /** UTF-16 offset in the prompt of the first character that this token holds a byte of. */
  readonly start: number;
  /** UTF-16 offset just after the last character that this token holds a byte of. */
  readonly end: number;
  /** True for `<|endoftext|>` and its like, which are not text. */
  readonly special: boolean;
  /** True where the id stands for no token: a row of wte that the tokenizer knows nothing of. */
  readonly missing?: boolean;
}
