/** Which part of the picture a point is on. */
import type { FlowBand } from './bands';
import { columnAt, rowAt, tickX, type FlowGeometry, type PlacedLink } from './layout';
import type { FlowLink, FlowPart } from './types';

interface Pictured {
  readonly geometry: FlowGeometry;
  readonly bands: readonly FlowBand[];
  readonly placed: readonly PlacedLink[];
  /** Straight links of the other rows. */
  readonly faint: readonly PlacedLink[];
  /** Where the lens's row begins, px. */
  readonly lensTop: number;
}

const REACH = 6; // px beside a link or a tick that still count as it
const LINE_REACH = 2; // px beside a straight link, of which many lie close together
const MOST_OF_ROW = 0.92; // of a row's height: the tallest tick
const PX_PER_RATIO = 60; // px of a tick for a vector as long as the stream, in a row of
const FULL_ROW = 28; // px

/** The ratio that 1 px of a tick stands for. */
export function tickUnit(rowHeight: number): number {
  return FULL_ROW / (PX_PER_RATIO * rowHeight);
}

/** Height of an MLP's tick, px, and whether it would be taller than its row. */
export function tickHeight(ratio: number, rowHeight: number): { height: number; cut: boolean } {
  if (!Number.isFinite(ratio)) return { height: 0, cut: false };
  const most = MOST_OF_ROW * rowHeight;
  const height = Math.max(0.5, ratio / tickUnit(rowHeight));
  return height > most ? { height: most, cut: true } : { height, cut: false };
}

/** The ratio from which ticks are cut, which is the same at every row height. */
export const TICK_CUT = (MOST_OF_ROW * FULL_ROW) / PX_PER_RATIO;

/** The same where ticks stand above and below the row's line. */
export const HALF_TICK_CUT = FULL_ROW / (2 * PX_PER_RATIO);

/** The link, tick, lens token or row under a point; null where there is nothing. */
export function nearestPart(
  { x, y }: { x: number; y: number },
  { geometry, bands, placed, faint, lensTop }: Pictured
): FlowPart | null {
  const column = columnAt(geometry, x);
  const n_layer = geometry.blocks.length;
  if (x < geometry.embed.x - geometry.labels || x > geometry.end) return null;
  if (y >= lensTop) return column <= n_layer ? { kind: 'lens', depth: column } : null;
  if (y < geometry.top) return null;
  const link = placed.find((each) => isOn(each, x, y)) ?? faint.find((each) => isOnLine(each, x, y));
  if (link) return linkPart(link);
  const index = rowAt(bands, geometry, y);
  const { first, last } = bands[index];
  if (column >= 1 && column <= n_layer && first === last) {
    const layer = column - 1;
    if (Math.abs(x - tickX(geometry.blocks[layer])) <= REACH) return { kind: 'mlp', layer, position: first };
  }
  return rowPart(bands[index], Math.min(column, n_layer));
}

/** A row's stream, or that of a band, as what is pointed at. */
export const rowPart = ({ first, last }: FlowBand, depth: number): FlowPart =>
  first === last ? { kind: 'row', position: first, depth } : { kind: 'row', position: first, last, depth };

/** A link as what is pointed at. */
export const linkPart = ({ layer, source, last, position, lastPosition }: FlowLink): FlowPart => ({
  kind: 'link',
  layer,
  source,
  ...(last !== undefined && { last }),
  position,
  ...(lastPosition !== undefined && { lastPosition })
});

function isOn({ from, to, width }: PlacedLink, x: number, y: number): boolean {
  const reach = width / 2 + 3;
  const onRow = Math.abs(y - from.y) <= reach && x >= from.x && x <= to.x + reach;
  const onWay = Math.abs(x - to.x) <= reach && y >= from.y && y <= to.y;
  return onRow || onWay;
}

/** Whether a point is on a link that is one straight line. */
function isOnLine({ from, to, width }: PlacedLink, x: number, y: number): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * dx + (y - from.y) * dy) / (dx * dx + dy * dy);
  if (along < 0 || along > 1) return false;
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy) <= width / 2 + LINE_REACH;
}
