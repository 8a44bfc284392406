import type { CellValue } from '$lib/cells';
import type { Vocabulary } from '$lib/gpt2';
import { tokenLabel } from '$lib/viz';

/** What the model says to a question: the `answer` program's record. */
export interface Answer {
  /** The right choice, a position, or a token's id. */
  readonly answer: string;
  /** A sentence with the numbers, or ''. */
  readonly says: string;
  /** Numbers and texts for a sentence that the question brings. */
  readonly values: ReadonlyMap<string, string>;
  /** Probability of each position or token; null where the choices are words. */
  readonly scores: Float32Array | Int32Array | null;
}

/** Reads `{answer, says, scores}` out of a cell's result; null where it is something else. */
export function readAnswer(value: CellValue): Answer | null {
  if (value.kind !== 'record') return null;
  const entries = new Map(value.entries);
  const textOf = (key: string) => {
    const found = entries.get(key);
    return found?.kind === 'text' ? found.text : '';
  };
  const scores = entries.get('scores');
  const values = entries.get('values');
  if (!entries.has('answer')) return null;
  return {
    answer: textOf('answer'),
    says: textOf('says'),
    values: new Map(values?.kind === 'record' ? values.entries.flatMap(textEntry) : []),
    scores: scores?.kind === 'tensor' ? scores.data : null
  };
}

function textEntry([key, value]: readonly [string, CellValue]): [string, string][] {
  return value.kind === 'text' ? [[key, value.text]] : [];
}

/** What is said to an answer: the question's own sentence with the answer's values in it, or the program's. */
export function sayAnswer(sentence: string | null, { says, values }: Answer): string {
  return sentence === null
    ? says
    : sentence.replaceAll(/\{(\w+)\}/g, (_, key: string) => values.get(key) ?? '');
}

/** How far a guess is from the best, in probability: 0 if it is the best; null where there are no scores. */
export function gap({ answer, scores }: Answer, guess: number): number | null {
  return scores ? scores[Number(answer)] - scores[guess] : null;
}

/** A token that a reader's text may stand for. */
export interface TokenForm {
  readonly id: number;
  readonly label: string;
}

/**
 * The texts that a reader may mean: as it was typed, and with a space in front, as a word stands in a sentence. `·` and
 * `↵` are how the page writes a space and a new line.
 */
export function formsOf(typed: string): string[] {
  const text = typed.replaceAll('·', ' ').replaceAll(/↵|\\n/g, '\n');
  const bare = text.trim() === '' ? text : text.trim();
  return [...new Set([text, ` ${bare}`, bare])].filter((form) => form !== '');
}

/** The tokens of a vocabulary that a reader's text may stand for. */
export function tokensNamed(vocabulary: Vocabulary, typed: string): TokenForm[] {
  const forms = formsOf(typed);
  const found: TokenForm[] = [];
  for (let id = 0; id < vocabulary.vocab_size; id++) {
    const token = vocabulary.token(id);
    if (forms.includes(token.text)) found.push({ id, label: tokenLabel(token) });
  }
  return found;
}

/** Of several forms of one guess the right one, or else the one that the model finds most probable. */
export function bestForm(
  forms: readonly TokenForm[],
  { answer, scores }: { readonly answer: string; readonly scores: ArrayLike<number> | null }
): TokenForm {
  const right = forms.find(({ id }) => String(id) === answer);
  if (right || !scores) return right ?? forms[0];
  return forms.reduce((best, form) => (scores[form.id] > scores[best.id] ? form : best));
}
