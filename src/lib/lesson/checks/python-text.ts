/** How Python writes plain values: the sources print with it. */

/** `repr` of a text without line breaks: in single quotes, unless it holds one. */
export function pythonQuoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote;
}

/** `str` of a list of texts. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonQuoted).join(', ')}]`;
}

/** `str(True)` and `str(False)`. */
export function pythonBool(value: boolean): string {
  return value ? 'True' : 'False';
}
