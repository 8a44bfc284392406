/** JSON as Python's json module writes and reads it: NaN, Infinity and -Infinity are numbers, too. */

/** A string, which is left as it is, or one of Python's numbers outside of strings. */
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;
/** In front of a number that is carried through JSON.parse as a string: no JSON text can hold this control character raw. */
const MARK = '\u0000number:';

/**
 * As `JSON.parse`, for text that Python may have written.
 *
 * Throws: SyntaxError if it is not JSON.
 */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const marked = text.replaceAll(STRING_OR_NUMBER, (part) =>
      part.startsWith('"') ? part : JSON.stringify(MARK + part)
    );
    if (marked === text) throw error;
    return JSON.parse(marked, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value
    );
  }
}
