import { base } from '$app/paths';

const PAGES = [
  { label: 'Explore', path: '/' },
  { label: 'Lessons', path: '/lessons/' },
  { label: 'Models', path: '/models/' }
] as const;

/** The pages of the site; the explorer and the models take the view along, so that nothing is lost on the way. */
export function pageLinks(current: (typeof PAGES)[number]['label'], query = '') {
  const suffix = query === '' ? '' : `?${query}`;
  return PAGES.map(({ label, path }) => ({
    label,
    href: `${base}${path}${label === 'Lessons' ? '' : suffix}`,
    current: label === current
  }));
}
