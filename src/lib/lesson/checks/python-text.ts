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

/** Below this size Python writes a float in scientific form. */
const PYTHON_PLAIN = 1e-4;

/** `str` of a number: 0.00001 is `1e-05`. */
export function pythonFloat(value: number): string {
  const text = Math.abs(value) < PYTHON_PLAIN && value !== 0 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}
