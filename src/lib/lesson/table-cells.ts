const MOST_DECIMALS = 6; // with more, the numbers were not rounded for reading and stay as they are
const DECIMALS = /^-?\d+(?:\.(\d+))?$/;

/**
 * A table's cells as text. The numbers of a column get the same count of decimals, as many as the one with the most has,
 * so that their points stand under each other; texts, infinities and columns of unrounded numbers stay as they are.
 */
export function tableCells(rows: readonly (readonly (string | number)[])[]): string[][] {
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, place) => place);
  const decimals = columns.map((place) => decimalsOf(rows.map((row) => row[place])));
  return rows.map((row) =>
    row.map((cell, place) => {
      const count = decimals[place];
      return typeof cell === 'number' && Number.isFinite(cell) && count !== null
        ? cell.toFixed(count)
        : textCell(String(cell));
    })
  );
}

/** The most decimals of a column's numbers; null where one is written with a power of ten, or with too many. */
function decimalsOf(column: readonly (string | number)[]): number | null {
  let most = 0;
  for (const cell of column) {
    if (typeof cell !== 'number' || !Number.isFinite(cell)) continue;
    const plain = DECIMALS.exec(String(cell));
    if (!plain) return null;
    most = Math.max(most, plain[1]?.length ?? 0);
  }
  return most <= MOST_DECIMALS ? most : null;
}

/** A text as pictures write a token: a space at its ends is `·`, a new line `↵`. */
function textCell(text: string): string {
  const inner = text.replaceAll('\n', '↵');
  return inner.replaceAll(/^ +| +$/g, (spaces) => '·'.repeat(spaces.length));
}
