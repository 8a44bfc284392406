import { language, readAddress } from '$lib/state';
import { expandedHash } from './compressed-address';

export const prerender = true;
/** Everything is computed and drawn in the browser; the prerendered file is a shell. */
export const ssr = false;

/** The page is first drawn in the language it stays in; the layout writes the fragment, once the router has written its own. */
export async function load() {
  const hash = await expandedHash(location.hash);
  await language.open(readAddress({ hash, search: location.search }).text);
  return { hash };
}
