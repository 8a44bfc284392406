import { LANGUAGES, type Language } from '$lib/words';

/** Without it, the language is the reader's own. It stands in the link of every page, beside what that page writes. */
const PARAMETER = 'lang';

export function isLanguage(code: string | null): code is Language {
  return LANGUAGES.some((known) => known === code);
}

/** The language that a query asks for, null if none; and whether it asks for one that the page does not speak. */
export function languageInLink(query: string): { code: Language | null; isWrong: boolean } {
  const given = new URLSearchParams(query).get(PARAMETER);
  if (isLanguage(given)) return { code: given, isWrong: false };
  return { code: null, isWrong: given !== null };
}

/** A query with a language in it, or with none. */
export function withLanguage(query: string, code: Language | null): string {
  const parts = new URLSearchParams(query);
  parts.delete(PARAMETER);
  if (code !== null) parts.set(PARAMETER, code);
  return parts.toString();
}
