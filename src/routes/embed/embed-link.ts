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
}

/** Reads an embedded view's fields; what is no such value counts as left out. Never throws. */
export function parseEmbedLink(text: string): EmbedLink {
  const fields = new URLSearchParams(text);
  const asked = fields.get('hide')?.split(',') ?? [];
  const theme = THEMES.find((one) => one === fields.get('theme')) ?? null;
  for (const name of ['hide', 'theme']) fields.delete(name);
  return { view: fields.toString(), theme, hidden: EMBED_PARTS.filter((part) => asked.includes(part)) };
}

/** An embedded view's fields; what is usual is left out. `parseEmbedLink(formatEmbedLink(link))` equals `link`. */
export function formatEmbedLink({ view, theme, hidden }: EmbedLink): string {
  const fields = new URLSearchParams(view);
  if (theme !== null) fields.set('theme', theme);
  const text = fields.toString();
  if (hidden.length === 0) return text;
  return [text, `hide=${hidden.join(',')}`].filter(Boolean).join('&');
}
