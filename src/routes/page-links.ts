import { base } from '$app/paths';
import { language } from '$lib/state';
import { pageWords } from '$lib/words';

const PATHS = { explore: '/', lessons: '/lessons/', models: '/models/' };
type PageName = keyof typeof PATHS;
const PAGES = Object.keys(PATHS) as PageName[];

/** Address of a page; the language goes with it, and the view where a query is given. */
export function pageAddress(path: string, query = ''): string {
  const linked = language.inLink(query);
  return `${base}${path}${linked === '' ? '' : `?${linked}`}`;
}

/** The pages of the site; the explorer and the models take the view along, so that nothing is lost on the way. */
export function pageLinks(current: PageName, query = '') {
  return PAGES.map((name) => ({
    label: pageWords[name],
    href: pageAddress(PATHS[name], name === 'lessons' ? '' : query),
    current: name === current
  }));
}
