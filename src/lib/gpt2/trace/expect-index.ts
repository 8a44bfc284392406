import { InputError, mustBe } from '../errors.ts';

/** Throws: InputError if an index is none of 0 … length - 1. */
export function expectIndex(where: string, index: number, length: number): void {
  if (Number.isInteger(index) && index >= 0 && index < length) return;
  throw new InputError(mustBe(where, `from 0 to ${length - 1}`, index, 'Choose one of those.'));
}
