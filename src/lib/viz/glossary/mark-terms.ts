import type { Term } from '$lib/words/en/views/terms';

/** A piece of a text, and the term that it names; null: none. */
export interface TermPart {
  readonly text: string;
  readonly term: Term | null;
}

type Forms = Readonly<Record<Term, string>>;

const LATIN = /^[\u0020-\u02af’]+$/;
const TAG = /(<[^>]+>)/;
const OPENED = /^<(a|button|code|pre|h[1-6]|summary)\b/;
const CLOSED = /^<\/(a|button|code|pre|h[1-6]|summary)\b/;

const escaped = (form: string) => form.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A Latin form as a whole word, in the plural too, and not as a part of a name like `mlp.post`. */
const wordOf = (form: string) =>
  LATIN.test(form) ? `(?<![\\w.-])${escaped(form)}s?(?![\\w-]|\\.\\w)` : escaped(form);

let compiled: { readonly forms: Forms; readonly pattern: RegExp; readonly terms: Map<string, Term> } | null =
  null;

function compile(forms: Forms) {
  const pairs = Object.entries(forms).flatMap(([term, all]) =>
    all.split('|').map((form) => ({ form, term: term as Term }))
  );
  const longestFirst = pairs.toSorted((a, b) => b.form.length - a.form.length);
  const pattern = new RegExp(`(${longestFirst.map(({ form }) => wordOf(form)).join('|')})`, 'iu');
  return { forms, pattern, terms: new Map(pairs.map(({ form, term }) => [form.toLowerCase(), term])) };
}

/**
 * A text in pieces, with the first use of each term as a piece of its own.
 *
 * @param forms how each term is named in the text's language, with `|` between its forms
 * @param seen terms that were marked before; gets the new ones
 */
export function termParts(text: string, forms: Forms, seen: Set<Term> = new Set()): TermPart[] {
  if (compiled?.forms !== forms) compiled = compile(forms);
  const { pattern, terms } = compiled;
  const parts: TermPart[] = [];
  let plain = '';
  for (const piece of text.split(pattern)) {
    const named = piece.toLowerCase();
    const term = terms.get(named) ?? terms.get(named.replace(/s$/, ''));
    if (term === undefined || seen.has(term)) plain += piece;
    else {
      seen.add(term);
      parts.push({ text: plain, term: null }, { text: piece, term });
      plain = '';
    }
  }
  return [...parts, { text: plain, term: null }].filter(({ text: own }) => own !== '');
}

/**
 * Makes a link of the first use of each term in HTML of our own; code, headings and links stay as they are.
 *
 * @param address where a term's entry stands
 */
export function markTerms(
  html: string,
  forms: Forms,
  address: (term: Term) => string,
  seen: Set<Term> = new Set()
): string {
  const link = ({ text, term }: TermPart) =>
    term === null ? text : `<a class="term" data-term="${term}" href="${address(term)}">${text}</a>`;
  let kept = 0; // elements around the piece whose text stays as it is
  return html
    .split(TAG)
    .map((piece) => {
      if (OPENED.test(piece)) kept++;
      else if (CLOSED.test(piece)) kept--;
      if (kept > 0 || piece.startsWith('<')) return piece;
      return termParts(piece, forms, seen).map(link).join('');
    })
    .join('');
}
