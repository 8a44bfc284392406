/** What a reader looks for in the Attention view: a head, a position, or a token. */

export type Found =
  | { readonly kind: 'head'; readonly layer: number; readonly head: number }
  | { readonly kind: 'position'; readonly position: number };

/** What can be found. */
export interface Findable {
  readonly n_layer: number;
  readonly n_head: number;
  /** The tokens' texts. */
  readonly texts: readonly string[];
  /** Tokens are looked for after this position, then from the start. */
  readonly after: number;
}

/** `5.3` is a head, `12` a position, anything else the next token that holds it; null if there is none. */
export function findPlace(typed: string, { n_layer, n_head, texts, after }: Findable): Found | null {
  const text = typed.trim().toLowerCase();
  const head = /^(?:head\s*)?(\d+)\.(\d+)$/.exec(text);
  if (head) {
    const [layer, at] = [Number(head[1]), Number(head[2])];
    return layer < n_layer && at < n_head ? { kind: 'head', layer, head: at } : null;
  }
  if (/^\d+$/.test(text) && Number(text) < texts.length) return { kind: 'position', position: Number(text) };
  const wanted = text.replaceAll('·', ' ').trim();
  if (wanted === '') return null;
  for (let step = 1; step <= texts.length; step++) {
    const position = (after + step) % texts.length;
    if (texts[position].toLowerCase().includes(wanted)) return { kind: 'position', position };
  }
  return null;
}
