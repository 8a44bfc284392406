import { reasonWords } from './en/reasons';

/** Why something is not as it could be: a code that has a sentence in each language, and the value in it. */
export interface Reason {
  readonly code: keyof typeof reasonWords;
  /** Of codes whose sentence has a value: a number as text, or what the browser said. */
  readonly detail?: string;
}

/** A reason in the language on screen. */
export function reasonText({ code, detail = '' }: Reason): string {
  const word = reasonWords[code];
  return typeof word === 'string' ? word : word(detail);
}
