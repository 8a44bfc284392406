import { formatInteger, formatNumber } from './format';

export type TableCell = string | number;

/** A cell as it is shown: numbers with 4 significant digits, integers whole. */
export function cellText(cell: TableCell): string {
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) ? formatInteger(cell) : formatNumber(cell);
}

const NEEDS_QUOTES = /["\n\r,]/;

/** What a spreadsheet takes for a formula at the front of a cell. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell with every digit of a number, not those shown; a text that a spreadsheet would run has a quote in front, as it shows texts. */
function plainText(cell: TableCell): string {
  if (typeof cell === 'number') return String(cell);
  return FORMULA.test(cell) && !isNumber(cell) ? `'${cell}` : cell;
}

const isNumber = (text: string) => text.trim() === text && Number.isFinite(Number(text));

function csvField(cell: TableCell): string {
  const text = plainText(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A whole table as CSV, its numbers with every digit.
 *
 * Source: RFC 4180, with the line break that all programs read; OWASP, "CSV injection", for what is not a formula.
 */
export function tableCsv(columns: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  return [columns, ...rows].map((row) => row.map(csvField).join(',')).join('\n') + '\n';
}

/** The same with tabs, as a spreadsheet takes it from the clipboard; tabs and line breaks in a cell become spaces. */
export function tableTsv(columns: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  const field = (cell: TableCell) => plainText(cell).replaceAll(/[\t\n\r]/g, ' ');
  return [columns, ...rows].map((row) => row.map(field).join('\t')).join('\n') + '\n';
}

/** A file's name made of a caption in any language: "head-6-4-what-query-13-reads.csv". */
export function fileName(caption: string, extension = 'csv'): string {
  const words = caption.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return `${words.replaceAll(/^-+|-+$/g, '').slice(0, 80) || 'table'}.${extension}`;
}
