import { formatInteger, formatNumber } from './format';

export type TableCell = string | number;

/** A cell as it is shown: numbers with 4 significant digits, integers whole. */
export function cellText(cell: TableCell): string {
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) ? formatInteger(cell) : formatNumber(cell);
}

const NEEDS_QUOTES = /["\n\r,]/;

function csvField(cell: TableCell): string {
  const text = String(cell); // every digit of a number, not those shown
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A whole table as CSV, its numbers with every digit.
 *
 * Source: RFC 4180, with the line break that all programs read.
 */
export function tableCsv(columns: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  return [columns, ...rows].map((row) => row.map(csvField).join(',')).join('\n') + '\n';
}

/** The same with tabs, as a spreadsheet takes it from the clipboard; tabs and line breaks in a cell become spaces. */
export function tableTsv(columns: readonly string[], rows: readonly (readonly TableCell[])[]): string {
  const field = (cell: TableCell) => String(cell).replaceAll(/[\t\n\r]/g, ' ');
  return [columns, ...rows].map((row) => row.map(field).join('\t')).join('\n') + '\n';
}

/** A file's name made of a caption in any language: "head-6-4-what-query-13-reads.csv". */
export function fileName(caption: string, extension = 'csv'): string {
  const words = caption.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return `${words.replaceAll(/^-+|-+$/g, '').slice(0, 80) || 'table'}.${extension}`;
}
