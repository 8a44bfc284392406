/** What one cell of the large picture shows where it is not the head's own weight, and what it is made of. */
import { attentionWords as words } from '$lib/words';
import { formatWeight } from '../common/format';
import { headName } from '../common/head-grid';
import {
  combinedRow,
  headsUsed,
  rowSum,
  type ReadHead,
  type ReadingSettings,
  type ShownPattern
} from './shown-pattern';

export interface ShownCell {
  readonly key: number;
  /** What is drawn; 0 where nothing is. */
  readonly value: number;
  /** What each head has here, weighed as all are. */
  readonly parts: readonly { readonly name: string; readonly value: number }[];
  /** Mean or largest of the parts. */
  readonly combined: number;
  /** The head of the largest; null where none is told apart. */
  readonly owner: string | null;
  /** What the row was divided by; null where it was not. */
  readonly rest: number | null;
  /** Why nothing is drawn; null: something is. */
  readonly leftOut: 'masked' | 'first' | 'cut' | null;
}

/**
 * Every key of one query, as `shownPattern` gave it.
 *
 * Shapes: T cells.
 */
export function shownRow(
  heads: readonly ReadHead[],
  settings: ReadingSettings,
  { values }: ShownPattern,
  T: number,
  query: number
): ShownCell[] {
  const used = headsUsed(heads, settings);
  const { row, owners, rows } = combinedRow(used, settings, T, query);
  const names = used.map(headName);
  const rest = settings.first === 'renormalise' ? rowSum(row.subarray(1)) : null;
  return Array.from({ length: T }, (_, key) => {
    const value = values[query * T + key];
    return {
      key,
      value,
      parts: names.map((name, i) => ({ name, value: rows[i][key] ?? 0 })),
      combined: row[key] ?? 0,
      owner: owners && key <= query ? names[owners[key]] : null,
      rest: key > 0 ? rest : null,
      leftOut: leftOut(key, query, value, settings)
    };
  });
}

function leftOut(key: number, query: number, value: number, settings: ReadingSettings): ShownCell['leftOut'] {
  if (key > query) return 'masked';
  if (key === 0 && settings.first !== 'show') return 'first';
  return value === 0 && settings.keep < 100 ? 'cut' : null;
}

/** What is shown, in words: "mean of heads 5.1, 5.3, weight × ‖v‖". */
export function shownName(heads: readonly ReadHead[], settings: ReadingSettings): string {
  const { combine, weigh, first, keep } = settings;
  const names = headsUsed(heads, settings).map(headName);
  return words.listed([
    words.shownHeads[combine](names),
    ...(weigh === 'weight' ? [] : [words.weighs[weigh]]),
    ...(first === 'show' ? [] : [words.shownFirst[first]]),
    ...(keep === 100 ? [] : [words.shownKeep(keep)])
  ]);
}

/** The steps that lead to what a cell shows, with its numbers filled in. */
export function shownLines(cell: ShownCell, settings: ReadingSettings): string[] {
  if (cell.leftOut === 'masked') return [words.shownMasked];
  const { parts, combined, owner, rest } = cell;
  const each = parts.map(({ name, value }) => `${name}: ${formatWeight(value)}`);
  const lines = [words.eachHead(each, words.weighs[settings.weigh])];
  if (settings.combine === 'mean') lines.push(words.meanIs(parts.length, formatWeight(combined)));
  if (owner !== null) lines.push(words.largestIs(owner, formatWeight(combined)));
  if (cell.leftOut === 'first') return [...lines, words.shownWithout];
  if (rest !== null) lines.push(words.dividedBy(formatWeight(rest), formatWeight(combined / rest)));
  if (cell.leftOut === 'cut') lines.push(words.shownCut(settings.keep));
  return lines;
}
