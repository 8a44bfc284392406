/** The one selection, read from every picture that shows it. */
import type { ExplorerPage } from '../page.ts';

/** Where a position shows at once. */
export interface Followed {
  /** The pressed chip. */
  readonly chip: number;
  /** The outlined row of the large map. */
  readonly matrix: number | null;
  /** The marked column of the logit lens. */
  readonly lens: number | null;
  /** The token that the prediction's title names. */
  readonly title: string | undefined;
}

export async function followed(explorer: ExplorerPage): Promise<Followed> {
  return {
    chip: await explorer.position(),
    matrix: await markedRow(explorer, 'selected'),
    lens: (await lensCell(explorer))?.position ?? null,
    title: await explorer.predictedAfter()
  };
}

/** What `followed` must say once a position is selected. */
export async function expectedAt(explorer: ExplorerPage, position: number): Promise<Followed> {
  const { label } = (await explorer.chips())[position];
  return { chip: position, matrix: position, lens: position, title: label };
}

/** The query whose row is outlined in the large map: the selected one, or the one under the pointer. */
export async function markedRow(
  explorer: ExplorerPage,
  mark: 'selected' | 'hovered-row'
): Promise<number | null> {
  const marks = explorer.page.locator(`.marks .${mark}`);
  if ((await marks.count()) === 0) return null;
  const [box, pad] = await Promise.all([marks.first().boundingBox(), explorer.cells.boundingBox()]);
  const T = (await explorer.chips()).length;
  return box && pad ? Math.floor(((box.y + box.height / 2 - pad.y) / pad.height) * T) : null;
}

/** The rows that are lit in the small maps, one a map. */
export function litRows(explorer: ExplorerPage): Promise<number[]> {
  return explorer.page
    .locator('.row.lit')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.row)));
}

/** The selected cell of the logit lens. */
export async function lensCell(explorer: ExplorerPage): Promise<{ depth: number; position: number } | null> {
  const button = explorer.page.locator('td[aria-selected="true"] button');
  if ((await button.count()) === 0) return null;
  const [depth, position] = ((await button.getAttribute('data-cell')) ?? '').split(',').map(Number);
  return { depth, position };
}
