/**
 * Turns a cell's text into the body of a function. What it declares at the top level belongs to all cells, as in a
 * notebook: such a name is read from one object, `__names`, and written to it, so that a later cell may declare it again
 * and every function sees what it is now. The last expression or declaration is the cell's result.
 */
import type { ModuleDeclaration, Statement, VariableDeclaration } from 'acorn';
import { EditedText, type Edit, type Place } from './edits.ts';
import { CellSyntaxError, parseCell } from './parse.ts';
import { namesOf, type DeclaredName } from './names.ts';

export interface CompiledCell {
  /** Names that later cells can read. */
  readonly declared: readonly string[];
  /** The body of an async function of `__names` and `__cell`; it leaves the result in `__cell.value`. */
  readonly body: string;
  /** Where a place of `body` stands in the cell's text; the column is null where types were taken out. */
  locate(place: Place): { line: number; column: number | null };
}

const HEADER_LINES = 1; // of `body`, before the cell's own first one

/**
 * Compiles a cell.
 *
 * @param known names that the cell can read and assign to
 * Throws: CellSyntaxError with line, column and what to try
 */
export async function compileCell(text: string, known: Iterable<string> = []): Promise<CompiledCell> {
  const { program, code, hadTypes } = await parseCell(text);
  const statements = program.body.map((statement) => withoutExport(statement, code));
  const names = namesOf(program, new Set(known));
  const result = resultOf(statements.at(-1), names.declared);
  const edited = new EditedText(code, [
    ...result.edits,
    ...program.body.flatMap((statement, i) => cut(statement.start, statements[i].start)),
    ...names.declarations.flatMap(({ node, inHead }) => declarationEdits(node, inHead, code)),
    ...statements.flatMap((statement) => classEdits(statement)),
    ...names.edits
  ]);
  const functions = statements.flatMap((one) => (one.type === 'FunctionDeclaration' ? [one.id.name] : []));
  const header = ["'use strict'", ...functions.map((name) => `__names.${name} = ${name}`), ''].join('; ');
  return {
    declared: names.declared.map(({ name }) => name),
    body: `${header}\n${edited.text}\n;${result.footer}`,
    locate({ line, column }) {
      const place = edited.originalPlace({ line: line - HEADER_LINES, column });
      return hadTypes ? { line: place.line, column: null } : place;
    }
  };
}

type TopLevel = Statement | ModuleDeclaration;

/** What stands after `export`; a cell has nobody to export to. Throws: CellSyntaxError for an import. */
function withoutExport(statement: TopLevel, code: string): TopLevel {
  if (statement.type === 'ExportNamedDeclaration' && statement.declaration) return statement.declaration;
  if (!/^(?:Import|Export)/.test(statement.type) || !statement.type.endsWith('Declaration')) return statement;
  const lines = code.slice(0, statement.start).split('\n');
  throw new CellSyntaxError('A cell cannot import or export', lines.length, lines.at(-1)!.length + 1, {
    code: 'import',
    name: null
  });
}

/** The last statement's value, as an edit of it or as a line under the cell. */
function resultOf(
  last: TopLevel | undefined,
  declared: readonly DeclaredName[]
): { edits: readonly Edit[]; footer: string } {
  if (last?.type === 'ExpressionStatement') {
    const { start, end } = last.expression;
    return { edits: [insert(start, '__cell.value = ('), insert(end, ')')], footer: '' };
  }
  if (last?.type !== 'VariableDeclaration') return { edits: [], footer: '' };
  const names = declared.filter(({ at }) => at >= last.start && at < last.end);
  const values = names.map(({ name }) => `__names.${name}`);
  return {
    edits: [],
    footer: `__cell.value = ${values.length === 1 ? values[0] : `[${values.join(', ')}]`};`
  };
}

/** `let a = 1, b;` becomes `void (a = 1, b = void 0);`, all on the lines where it stands. */
function declarationEdits(node: VariableDeclaration, inHead: 'for' | 'of' | null, code: string): Edit[] {
  const first = node.declarations[0].start;
  const lines = code.slice(node.start, first).replaceAll(/[^\n]/g, '');
  const keyword = { start: node.start, end: first, text: inHead ? lines : `void (${lines}` };
  const empty = inHead === 'of' ? [] : node.declarations.filter(({ init }) => !init);
  const values = empty.map(({ end }) => insert(end, ' = void 0'));
  if (inHead) return [keyword, ...values];
  const close = [insert(node.declarations.at(-1)!.end, ')')];
  if (code[node.end - 1] !== ';') close.push(insert(node.end, ';'));
  return [keyword, ...values, ...close];
}

function classEdits(statement: TopLevel): Edit[] {
  if (statement.type !== 'ClassDeclaration') return [];
  return [insert(statement.start, `__names.${statement.id.name} = `), insert(statement.end, ';')];
}

function insert(at: number, text: string): Edit {
  return { start: at, end: at, text };
}

function cut(start: number, end: number): Edit[] {
  return start === end ? [] : [{ start, end, text: '' }];
}
