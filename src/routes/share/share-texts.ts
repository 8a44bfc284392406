import { isCompressed } from '$lib/state';
import { formatEmbedLink } from '../embed/embed-link';

/** What the reader can paste elsewhere. */
export interface ShareTexts {
  readonly link: string;
  readonly markdown: string;
  readonly frame: string;
}

/** The words of the snippet's sandbox, in order; `shareWords.sandbox` says what each is for. */
export const SANDBOX = ['allow-scripts', 'allow-same-origin', 'allow-popups'] as const;

const FRAME_HEIGHT = 640; // px: a picture with its controls

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** In Markdown a bracket or a backslash of a title is written with a backslash, and a bracket of an address as a code. */
const escapeMarkdown = (text: string) => text.replaceAll(/[\\[\]]/g, (letter) => `\\${letter}`);
const escapeAddress = (url: string) => url.replaceAll('(', '%28').replaceAll(')', '%29');

/**
 * A view's link as text for a message, for Markdown, and as a frame for a page.
 *
 * @param site address of the explorer, ending in `/`
 * @param view the fields of the link, as a query without `?`, or compressed
 * @param title what the link is called
 */
export function shareTexts(site: string, view: string, title: string): ShareTexts {
  const link = view === '' ? site : `${site}#${view}`;
  const fields = isCompressed(view) ? view : formatEmbedLink({ view, theme: null, hidden: [], allowed: [] });
  const src = `${site}embed/${fields === '' ? '' : `#${fields}`}`;
  const frame = [
    '<iframe',
    `  title="${escapeHtml(title)}"`,
    `  src="${escapeHtml(src)}"`,
    `  sandbox="${SANDBOX.join(' ')}"`,
    '  width="100%"',
    `  height="${FRAME_HEIGHT}"`,
    '  loading="lazy"',
    '></iframe>'
  ].join('\n');
  return { link, markdown: `[${escapeMarkdown(title)}](${escapeAddress(link)})`, frame };
}
