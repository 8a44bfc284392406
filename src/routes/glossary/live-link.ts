import { formatView, parseView, readAddress } from '$lib/state';
import { labelOf } from '$lib/views';
import { pageAddress } from '../page-links';

/**
 * A link into the explorer that keeps what the reader has open, prompt and model, and shows a term in it.
 *
 * @param live the term's own fields of a link
 */
export function liveLink(live: string): { readonly href: string; readonly view: string } {
  const { text } = readAddress(location);
  const { state } = parseView(`${live}&${text}`); // of a field that stands twice, the first counts
  return { href: pageAddress('/', formatView(state)), view: labelOf(state.view) };
}
