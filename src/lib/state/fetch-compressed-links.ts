/** What reads and writes compressed links: fetched for the first one. */
export const fetchCompressedLinks = () => import('./compressed-link');
