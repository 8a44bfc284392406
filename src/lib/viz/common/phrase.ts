export interface PhrasePart {
  readonly kind: 'plain' | 'code' | 'strong' | 'slot';
  /** Of a slot: its name. */
  readonly text: string;
}

const MARKED = /(`[^`]*`|\*\*[^*]+\*\*|\{\w+\})/;

function part(text: string): PhrasePart {
  if (!MARKED.test(text)) return { kind: 'plain', text };
  if (text.startsWith('`')) return { kind: 'code', text: text.slice(1, -1) };
  return text.startsWith('{')
    ? { kind: 'slot', text: text.slice(1, -1) }
    : { kind: 'strong', text: text.slice(2, -2) };
}

/**
 * A sentence of the catalogue in parts, so that each language puts code, stress and controls where its grammar wants
 * them: "Drop `config.json` here", "**Norms** do not add up", "{token} at position 3".
 *
 * What a reader typed or a model wrote goes into a slot, never into the text, where it could be taken for a mark.
 */
export function phraseParts(text: string): PhrasePart[] {
  return text
    .split(MARKED)
    .filter((piece) => piece !== '')
    .map(part);
}
