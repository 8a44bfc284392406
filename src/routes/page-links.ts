import { base } from '$app/paths';
import { language, withView } from '$lib/state';
import { pageWords } from '$lib/words';

const PATHS = { explore: '/', lessons: '/lessons/', models: '/models/', glossary: '/glossary/' };
export type PageName = keyof typeof PATHS;
const PAGES = Object.keys(PATHS) as PageName[];

/** Address of a page; the language goes with it, and the view where a link's fields are given. */
export function pageAddress(path: string, link = ''): string {
  return withView(base + path, language.inLink(link));
}

/** The pages of the site; the explorer and the models take the view along, so that nothing is lost on the way. */
export function pageLinks(current: PageName | null, link = '') {
  return PAGES.map((name) => ({
    label: pageWords[name],
    href: pageAddress(PATHS[name], name === 'lessons' || name === 'glossary' ? '' : link),
    current: name === current
  }));
}

/** Where the glossary has a term: its page, at the term. */
export const termAddress = (term: string): string => `${base}${PATHS.glossary}#${term}`;

/** The folder of the site's own models. */
export const modelsFolder = (): string => new URL(`${base}/models/`, location.href).href;
