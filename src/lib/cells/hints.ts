/** What a reader may try after an error, as a code: its sentence is in the page's words. */

export const HINTS = [
  'bracket',
  'end',
  'quote',
  'backtick',
  'twice',
  'import',
  'python',
  'near',
  'name',
  'call',
  'await',
  'loop',
  'lost'
] as const;

export interface CellHint {
  readonly code: (typeof HINTS)[number];
  /** The name that it is about, or the one that may be meant. */
  readonly name: string | null;
}

const PYTHON = /^\s*(?:def |elif |import torch|from \w+ import|print\(|#)|^\s*(?:for|if|while)\b[^({]*:\s*$/m;

/** @param at where the parser stopped, in letters from 0 */
export function syntaxHint(message: string, code: string, at: number): CellHint {
  const twice = /'(.+)' has already been declared/.exec(message);
  if (twice) return hint('twice', twice[1]);
  if (/Unterminated template/.test(message)) return hint('backtick');
  if (/Unterminated string/.test(message)) return hint('quote');
  if (/import|export/.test(message)) return hint('import');
  if (PYTHON.test(code)) return hint('python');
  return hint(code.slice(at).trim() === '' ? 'end' : 'bracket');
}

/**
 * @param names that the cell could read
 */
export function runtimeHint(error: Error, names: Iterable<string>): CellHint | null {
  const missing =
    /^(.+) is not defined$/.exec(error.message) ?? /^Can't find variable: (.+)$/.exec(error.message);
  if (error instanceof ReferenceError && missing) {
    const near = nearest(missing[1], names);
    return near === null ? hint('name', missing[1]) : hint('near', near);
  }
  if (!(error instanceof TypeError)) return null;
  if (/is not a function/.test(error.message)) return hint('call');
  return /undefined|null|not iterable/.test(error.message) ? hint('await') : null;
}

function hint(code: CellHint['code'], name: string | null = null): CellHint {
  return { code, name };
}

/** The name that differs least, if it is near enough to be a slip. */
function nearest(name: string, names: Iterable<string>): string | null {
  const most = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let least = most + 1;
  for (const other of names) {
    if (Math.abs(other.length - name.length) > most) continue;
    const steps = plain(other) === plain(name) ? 0 : editSteps(name, other);
    if (steps < least) [best, least] = [other, steps];
  }
  return best;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll('_', '');
}

/** How many letters must be put in, taken out or changed (Levenshtein). */
function editSteps(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
