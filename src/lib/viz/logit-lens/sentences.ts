import { lensWords as words } from '$lib/words';

/** What the last row predicts after a token: the main fact of the table, for the figure's label. */
export function lensSummary(
  depths: number,
  tokenCount: number,
  position: number,
  label: string,
  final: { label: string; probability: string } | null
): string {
  if (final === null) return words.summary(depths, tokenCount);
  return words.summaryWith(depths, tokenCount, label, position, final.label, final.probability);
}

/** One cell in words: token, where, and its probability. */
export function cellLabel(
  rowLabel: string,
  position: number,
  columnLabel: string,
  top: { label: string; probability: string } | null,
  measure: string | null
): string {
  const cell = words.cell(rowLabel, columnLabel, position);
  return top === null ? words.cellPending(cell) : words.cellSays(cell, top.label, top.probability, measure);
}
