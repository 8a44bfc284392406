/** What an embedded view may leave out. */
export const EMBED_PARTS = ['controls', 'menu', 'table', 'footer'] as const;
export type EmbedPart = (typeof EMBED_PARTS)[number];

const THEMES = ['light', 'dark'] as const;

/** What the link of an embedded view says beside the view itself. */
export interface EmbedLink {
  /** The view's own fields, as the explorer has them. */
  readonly view: string;
  /** null: the host page's, or the reader's system's. */
  readonly theme: (typeof THEMES)[number] | null;
  readonly hidden: readonly EmbedPart[];
  /** Origins of pages that may change the view by messages; empty: none may. */
  readonly allowed: readonly string[];
}

const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

/** Reads an embedded view's fields; what is not such a value counts as left out. Never throws. */
export function parseEmbedLink(text: string): EmbedLink {
  const fields = new URLSearchParams(text);
  const names = fields.get('hide')?.split(',') ?? [];
  const theme = THEMES.find((one) => one === fields.get('theme')) ?? null;
  const allowed = (fields.get('allow')?.split(',') ?? []).filter(isOrigin);
  for (const name of ['hide', 'theme', 'allow']) fields.delete(name);
  const hidden = EMBED_PARTS.filter((part) => names.includes(part));
  return { view: fields.toString(), theme, hidden, allowed };
}

/**
 * An embedded view's fields; what is usual is left out. `parseEmbedLink(formatEmbedLink(link))` equals `link` where the
 * theme does not stand in `view`; one that does is the link's, unless `theme` says another.
 */
export function formatEmbedLink({ view, theme, hidden, allowed }: EmbedLink): string {
  const fields = new URLSearchParams(view);
  if (theme !== null) fields.set('theme', theme);
  const lists = { hide: hidden, allow: allowed };
  const written = Object.entries(lists).flatMap(([name, list]) =>
    list.length > 0 ? [`${name}=${list.join(',')}`] : []
  );
  return [fields.toString(), ...written].filter(Boolean).join('&');
}
