import { language, readAddress } from '$lib/state';
import { expandAddress } from './compressed-address';

export const prerender = true;
/** Everything is computed and drawn in the browser; the prerendered file is a shell. */
export const ssr = false;

/** The page is first drawn in the language it stays in. */
export async function load() {
  await expandAddress();
  return language.open(readAddress(location).text);
}
