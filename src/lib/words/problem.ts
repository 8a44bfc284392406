import { detailOf } from './detail';
import { faultWords } from './en/views/faults';

/** Of the model library's errors: a code that has a sentence in each language, and the values in it. */
interface Fault {
  readonly code: keyof typeof faultWords;
  readonly values: readonly unknown[];
}

/** What an error says: in the language on screen where it has a code, else as the library or the browser says it. */
export function problemText(error: unknown): string {
  const fault = error instanceof Error && (error as { fault?: Fault }).fault;
  if (!fault) return detailOf(error);
  const say = faultWords[fault.code] as (...values: readonly unknown[]) => string;
  return say(...fault.values);
}
