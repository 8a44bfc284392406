import { mustBe, TokenizerError } from '../errors.ts';

const OTHER_FILES =
  "Use the tokenizer's files that came with the weights, or GPT-2's own where its vocabulary fits.";

/** Throws: TokenizerError that names what is wrong in a tokenizer's files. */
export function refuse(argument: string, expected: string, actual: unknown, advice = OTHER_FILES): never {
  throw new TokenizerError(mustBe(`createTokenizer: ${argument}`, expected, actual, advice));
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of a file for a message. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`;
}
