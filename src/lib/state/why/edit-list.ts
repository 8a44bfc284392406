import { formatEdit, InputError, parseEdit, type Edit } from '$lib/gpt2';

/** An edit in the reader's list, which may be switched off without being forgotten. */
export interface ListedEdit {
  readonly edit: Edit;
  readonly isOff: boolean;
}

/** Most edits of one run; each is a point of the run that every later block is computed after. */
export const MOST_EDITS = 32;

const OFF = '!';

/** `zero:z.8.2;!mean:mlp_out.3`: one that is switched off has a mark in front. */
export function formatEditList(list: readonly ListedEdit[]): string {
  return list.map(({ edit, isOff }) => (isOff ? OFF : '') + formatEdit(edit)).join(';');
}

/** Throws: InputError if the text is not such a list. Whether its places are in a model is checked when it runs. */
export function parseEditList(text: string): ListedEdit[] {
  const parts = text === '' ? [] : text.split(';');
  if (parts.length > MOST_EDITS)
    throw new InputError(`edits: there must be at most ${MOST_EDITS}, got ${parts.length}. Remove some.`, {
      code: 'editCount',
      values: [MOST_EDITS, parts.length]
    });
  return parts.map((part) => {
    const isOff = part.startsWith(OFF);
    return { edit: parseEdit(isOff ? part.slice(OFF.length) : part), isOff };
  });
}

/** The edits that are on. */
export function editsOn(list: readonly ListedEdit[]): Edit[] {
  return list.filter(({ isOff }) => !isOff).map(({ edit }) => edit);
}

/** With an edit at the end; one that is there already is switched on and not added twice. */
export function withEdit(list: readonly ListedEdit[], edit: Edit): readonly ListedEdit[] {
  const text = formatEdit(edit);
  const rest = list.filter((each) => formatEdit(each.edit) !== text);
  return [...rest, { edit, isOff: false }].slice(-MOST_EDITS);
}
