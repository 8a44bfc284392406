import { parseWorksheet, type Worksheet } from '$lib/state';
import { formatEmbedLink, parseEmbedLink, type EmbedPart } from '../embed/embed-link';

/** What a worksheet's link holds: the view that it starts from, what is left out, and the tasks. */
export interface SheetLink {
  /** The view's own fields, as the explorer has them. */
  readonly view: string;
  readonly hidden: readonly EmbedPart[];
  /** null: the link holds none. */
  readonly sheet: Worksheet | null;
}

const SHEET = 'sheet';

/** Reads a worksheet's fields. Never throws. */
export function parseSheetLink(text: string): SheetLink {
  const fields = new URLSearchParams(text);
  const sheet = parseWorksheet(fields.get(SHEET) ?? '');
  const { hidden } = parseEmbedLink(text);
  for (const name of [SHEET, 'hide', 'allow']) fields.delete(name); // the view keeps its theme, which an embedded one lacks
  return { view: fields.toString(), hidden, sheet };
}

/** A worksheet's fields. `parseSheetLink(formatSheetLink(link))` equals `link`. */
export function formatSheetLink({ view, hidden, sheet }: SheetLink): string {
  const embedded = formatEmbedLink({ view, hidden, theme: null, allowed: [] });
  if (sheet === null) return embedded;
  return [embedded, new URLSearchParams({ [SHEET]: JSON.stringify(sheet) }).toString()]
    .filter(Boolean)
    .join('&');
}
