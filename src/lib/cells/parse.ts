/** Reads a cell's text: JavaScript by acorn, and where that fails TypeScript, whose types are taken out first. */
import { parse, parseExpressionAt, type Options, type Program } from 'acorn';
import { syntaxHint, type CellHint } from './hints.ts';

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  sourceType: 'module',
  allowAwaitOutsideFunction: true,
  allowReturnOutsideFunction: true,
  ranges: true // for eslint-scope
};

/** The cell's text is not a program: says where, and what to try. */
export class CellSyntaxError extends Error {
  override name = 'SyntaxError';
  /** From 1. */
  readonly line: number;
  /** From 1; null where types were taken out in front of it. */
  readonly column: number | null;
  readonly hint: CellHint;

  constructor(message: string, line: number, column: number | null, hint: CellHint) {
    super(message);
    this.line = line;
    this.column = column;
    this.hint = hint;
  }
}

export interface ParsedCell {
  readonly program: Program;
  /** What was parsed: the cell's own text, or the same without types, its lines kept. */
  readonly code: string;
  readonly hadTypes: boolean;
}

/** What acorn and sucrase throw. */
interface ParseError extends SyntaxError {
  readonly pos: number;
  readonly loc: { readonly line: number; readonly column: number };
}

/** `first<number>(x)` is also JavaScript, two comparisons, but never meant as that. */
const GENERIC_CALL = /\w<[A-Za-z_{[][^()=;&]*>\(/;

/** Parses a cell. Throws: CellSyntaxError. */
export async function parseCell(code: string): Promise<ParsedCell> {
  const object = parseObject(code);
  if (object) return { program: object, code, hadTypes: false };
  try {
    const program = parse(code, OPTIONS);
    if (!GENERIC_CALL.test(code)) return { program, code, hadTypes: false };
  } catch (error) {
    return parseTyped(code, error as ParseError);
  }
  return parseTyped(code, null);
}

/** `{ a, b: 1 }` alone is the object that it looks like, and no block. */
function parseObject(code: string): Program | null {
  if (!/^\s*\{/.test(code)) return null;
  try {
    const expression = parseExpressionAt(code, code.indexOf('{'), OPTIONS);
    if (/[^\s;]/.test(code.slice(expression.end))) return null;
    const { start, end } = expression;
    const body: Program['body'] = [{ type: 'ExpressionStatement', expression, start, end }];
    return { type: 'Program', body, sourceType: 'module', start: 0, end: code.length };
  } catch {
    return null;
  }
}

/** @param plain why the text is not JavaScript; null if it is some */
async function parseTyped(code: string, plain: ParseError | null): Promise<ParsedCell> {
  const { transform } = await import('sucrase'); // only for the cells that need it
  let bare: string;
  try {
    bare = transform(code, { transforms: ['typescript'], disableESTransforms: true }).code;
  } catch (error) {
    const typed = error as ParseError;
    // the one that came further understood more of the text
    if (plain === null) return { program: parse(code, OPTIONS), code, hadTypes: false };
    throw typed.pos > plain.pos ? located(typed, code, typed.loc.column) : located(plain, code);
  }
  if (bare === code && plain) throw located(plain, code);
  try {
    return { program: parse(bare, OPTIONS), code: bare, hadTypes: true };
  } catch (error) {
    throw located(error as ParseError, code, null);
  }
}

/** @param column from 1; null if it is another in the cell's own text */
function located(
  error: ParseError,
  code: string,
  column: number | null = error.loc.column + 1
): CellSyntaxError {
  const message = error.message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
  return new CellSyntaxError(message, error.loc.line, column, syntaxHint(message, code, error.pos));
}
