/**
 * Turns a cell's text into a function: what it declares can be read by the cells after it, and its last expression or
 * declaration is its result, as in a notebook.
 *
 * The text is read by its first columns only, so it must be laid out as prettier lays it out: what starts a statement
 * at the top level stands in column 0, and nothing else does but closing brackets and comments.
 */

const DECLARATION = /^(?:const|let|var)\s+([A-Za-z_$][\w$]*)/;
const DESTRUCTURED = /^(?:const|let|var)\s*[[{]([^=]*)[\]}]\s*=/;
const NAMED = /^(?:async\s+)?(?:function\*?|class)\s+([A-Za-z_$][\w$]*)/;
const STATEMENT_ONLY = /^(?:if|for|while|do|switch|try|throw|return|import|export|break|continue)\b/;
const CONTINUES = /^(?:[\])}.?:,;+*/&|]|\/\/|$)/;

/** Where each top-level statement starts, in lines from 0. */
function statementStarts(lines: readonly string[]): number[] {
  const starts: number[] = [];
  lines.forEach((line, i) => {
    if (!/^\s/.test(line) && !CONTINUES.test(line)) starts.push(i);
  });
  return starts;
}

/** Names that a statement declares at the top level. */
function namesIn(statement: string): string[] {
  const single = DECLARATION.exec(statement) ?? NAMED.exec(statement);
  if (single) return [single[1]];
  const list = DESTRUCTURED.exec(statement)?.[1];
  if (list === undefined) return [];
  const names = list.split(',').map((part) =>
    part
      .trim()
      .split(/\s*:\s*/)
      .at(-1)!
      .replace('...', '')
  );
  return names.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name));
}

export interface CompiledCell {
  /** Names that later cells can read. */
  readonly declared: readonly string[];
  /** The body of an async function; `__cell.value` and `__cell.names` hold what the cell leaves. */
  readonly body: string;
  /** Lines before the cell's own first line in `body`. */
  readonly linesBefore: number;
}

/**
 * Compiles a cell.
 *
 * @param known names that earlier cells declared; the cell may assign to them
 */
export function compileCell(code: string, known: readonly string[]): CompiledCell {
  const lines = code.split('\n');
  const starts = statementStarts(lines);
  const statements = starts.map((start, i) => lines.slice(start, starts[i + 1]).join('\n'));
  const declared = [...new Set(statements.flatMap(namesIn))];
  const last = statements.at(-1) ?? '';
  const names = namesIn(last);
  let result = '';
  if (names.length > 0) result = names.length === 1 ? names[0] : `[${names.join(', ')}]`;
  else if (last !== '' && !STATEMENT_ONLY.test(last)) {
    const at = starts.at(-1)!;
    lines[at] = `__cell.value = ${lines[at]}`;
  }
  const kept = [...new Set([...known, ...declared])];
  const footer = [
    ...(result === '' ? [] : [`__cell.value = ${result};`]),
    `__cell.names = { ${kept.join(', ')} };`
  ];
  return { declared, body: ['{', ...lines, ';', ...footer, '}'].join('\n'), linesBefore: 1 };
}
