/** Flow's geometry: tokens down, depth to the right. Pure; everything in px. */
import { bandOf, type FlowBand } from './bands';
import type { FlowLink, FlowPart } from './types';

export interface FlowFrame {
  readonly width: number;
  readonly n_layer: number;
  readonly bands: readonly FlowBand[];
  /** Height that the rows may take together. */
  readonly room: number;
  /** An opened block, the width that its view takes, and the height of what stands above its rows. */
  readonly parted?: { readonly layer: number; readonly width: number; readonly bar: number };
}

/** A block's column, or that of the embeddings (`embed`) or of ln_f. */
export interface FlowColumn {
  readonly x: number;
  readonly width: number;
}

export interface FlowGeometry {
  readonly labels: number;
  readonly embed: FlowColumn;
  readonly blocks: readonly FlowColumn[];
  readonly ln_f: FlowColumn;
  readonly end: number;
  readonly top: number;
  /** Of `top`, what an opened block's name and buttons take. */
  readonly bar: number;
  readonly rowHeight: number;
  /** How many there are; fewer than tokens where some are joined in bands. */
  readonly rows: number;
  readonly bottom: number;
  /** Middle of the row that a position stands in. */
  y(position: number): number;
}

/** Where a link is drawn. */
export interface Placement {
  readonly path: string;
  readonly width: number;
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/** A link as it is drawn. */
export type PlacedLink = FlowLink & Placement;

export const ROW_HEIGHT = { least: 9, most: 28 };
const LABELS = 92; // px, for a token of ten letters
/** For the names of the columns, px. */
export const HEAD_HEIGHT = 40;
/** For the lens under the rows, px. */
export const LENS_HEIGHT = 52;
/** Px above an opened block's rows, for its name and buttons in one line. */
export const OPENED_BAR = 52;
const EDGE = 0.7; // of a block's width: the columns of the embeddings and of ln_f
const TICK_AT = 0.86; // of a block's width: where the MLP adds
const FIRST_LINK = 0.3; // of a block's width: the leftmost link
const STRAIGHT_TO = 0.55; // of a block's width: where a straight link ends
const WIDEST_STEP = 15; // px between two links of a block
const LINK_GAP = 3; // px between links, where there is room
const LEAST_OF_ROOM = 0.25; // what links take at least of a block, however many they are
const ARROW = 7; // px
const CORNER = 12; // px, radius where a link turns down
const PERCENT = 100;

/** Places the columns and the rows. */
export function layoutFlow({ width, n_layer, bands, room, parted }: FlowFrame): FlowGeometry {
  const free = width - LABELS - (parted?.width ?? 0);
  const blocksWide = parted ? n_layer - 1 : n_layer;
  const unit = Math.max(1, free / (blocksWide + 2 * EDGE));
  const embed = { x: LABELS, width: EDGE * unit };
  const blocks: FlowColumn[] = [];
  let x = embed.x + embed.width;
  for (let layer = 0; layer < n_layer; layer++) {
    const column = { x, width: parted?.layer === layer ? parted.width : unit };
    blocks.push(column);
    x += column.width;
  }
  const top = HEAD_HEIGHT + (parted?.bar ?? 0);
  const rowHeight = Math.max(ROW_HEIGHT.least, Math.min(ROW_HEIGHT.most, room / bands.length));
  const y = (position: number) => top + (bandOf(bands, position) + 0.5) * rowHeight;
  const ln_f = { x, width: EDGE * unit };
  return {
    labels: LABELS,
    embed,
    blocks,
    ln_f,
    end: x + ln_f.width,
    top,
    bar: parted?.bar ?? 0,
    rowHeight,
    rows: bands.length,
    bottom: top + bands.length * rowHeight,
    y
  };
}

/** Where a block's MLP adds to the rows. */
export function tickX({ x, width }: FlowColumn): number {
  return x + TICK_AT * width;
}

/** What names a link among those of all rows. */
export const linkKey = ({ layer, source, position }: FlowLink): string => `${layer}-${source}-${position}`;

/** The link that is pointed at, of any of the lists. */
export function pointedLink<L extends FlowLink>(
  part: FlowPart | null,
  ...lists: readonly (readonly L[])[]
): L | undefined {
  if (part?.kind !== 'link') return undefined;
  const isPointed = ({ layer, source, position }: L): boolean =>
    layer === part.layer && source === part.source && position === part.position;
  return lists.flatMap((links) => links.find(isPointed) ?? [])[0];
}

/**
 * Px of width for one per cent of the row: 1, or less where a block's links would not fit beside each other.
 */
export function linkScale(links: readonly FlowLink[], { blocks }: FlowGeometry): number {
  const sums = new Map<number, { percent: number; count: number }>();
  for (const { layer, share } of links) {
    const sum = sums.get(layer) ?? { percent: 0, count: 0 };
    sums.set(layer, { percent: sum.percent + share * PERCENT, count: sum.count + 1 });
  }
  let scale = 1;
  for (const [layer, { percent, count }] of sums) {
    const all = (TICK_AT - FIRST_LINK) * blocks[layer].width;
    const room = Math.max(all - LINK_GAP * count, LEAST_OF_ROOM * all);
    if (percent > 0) scale = Math.min(scale, Math.max(0.05, room / percent));
  }
  return scale;
}

/**
 * Places links: from the source, along its row, down into the row that reads. In one block the nearest source turns
 * first, so that none of a row cross.
 */
export function placeLinks<L extends FlowLink>(
  links: readonly L[],
  geometry: FlowGeometry,
  scale: number
): (L & Placement)[] {
  return geometry.blocks.flatMap((column, layer) => {
    const here = links
      .filter((link) => link.layer === layer)
      .sort((a, b) => a.position - b.position || b.source - a.source);
    const first = column.x + FIRST_LINK * column.width;
    const room = (TICK_AT - FIRST_LINK) * column.width;
    const step = Math.min(WIDEST_STEP, room / Math.max(1, here.length));
    let taken = 0; // widths of the links before this one, beyond their steps
    return here.map((link, place) => {
      const width = Math.max(1, link.share * PERCENT * scale);
      const extra = Math.max(0, width - step);
      const x = first + place * step + taken + width / 2;
      taken += extra;
      const from = { x: column.x, y: geometry.y(link.source) };
      return placed(link, from, { x, y: geometry.y(link.position) }, width);
    });
  });
}

/** Places links of rows that are not selected: straight lines, which need no room beside each other. */
export function placeStraight(
  links: readonly FlowLink[],
  geometry: FlowGeometry,
  scale: number
): PlacedLink[] {
  return links.map((link) => {
    const column = geometry.blocks[link.layer];
    const from = { x: column.x, y: geometry.y(link.source) };
    const to = { x: column.x + STRAIGHT_TO * column.width, y: geometry.y(link.position) };
    const width = Math.max(1, link.share * PERCENT * scale);
    return { ...link, path: `M${from.x} ${from.y}L${to.x} ${to.y}`, width, from, to };
  });
}

function placed<L extends FlowLink>(
  link: L,
  from: { x: number; y: number },
  to: { x: number; y: number },
  width: number
): L & Placement {
  const down = to.y - ARROW;
  const corner = Math.max(0, Math.min(CORNER, to.x - from.x, down - from.y));
  const path =
    `M${from.x} ${from.y}H${to.x - corner}` + `Q${to.x} ${from.y} ${to.x} ${from.y + corner}V${down}`;
  return { ...link, path, width, from, to };
}

const LEAST_DOT = 2.2; // px, radius

/** The outline of the dot where a link begins. */
export function startDot({ from, width }: Placement): string {
  const r = Math.max(LEAST_DOT, width / 2);
  return `M${from.x - r} ${from.y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

/** The outline of the arrow at a link's end. */
export const arrowHead = ({ to, width }: Placement): string =>
  `M${to.x - width / 2 - 2.5} ${to.y - 8}h${width + 5}L${to.x} ${to.y - 1}z`;

/**
 * Px of a stream's width for one unit of norm: the largest fills most of its row.
 */
export function streamScale(norms: ArrayLike<number>, rowHeight: number): number {
  const finite = Array.from(norms).filter(Number.isFinite);
  const largest = finite.length > 0 ? Math.max(...finite) : 1;
  return largest > 0 ? (0.72 * rowHeight) / largest : 0;
}

/**
 * The outline of one row's stream: as thick as its norm at every depth.
 *
 * @param norms of the row at each depth, [n_layer + 1]
 */
export function streamPath(
  norms: ArrayLike<number>,
  y: number,
  { embed, blocks, ln_f, end }: FlowGeometry,
  scale: number
): string {
  const xs = [embed.x, ...blocks.map((column) => column.x), ln_f.x, end];
  const half = xs.map((_, at) => {
    const norm = norms[Math.min(Math.max(0, at - 1), norms.length - 1)];
    return Math.max(0.4, (Number.isFinite(norm) ? norm * scale : 0) / 2);
  });
  const above = xs.map((x, at) => `${round(x)} ${round(y - half[at])}`);
  const below = xs.map((x, at) => `${round(x)} ${round(y + half[at])}`).reverse();
  return `M${above.join('L')}L${below.join('L')}Z`;
}

const round = (px: number): number => Math.round(px * 100) / 100;

/** The depth whose column a point is in: 0 for the embeddings, block + 1, n_layer + 1 for ln_f. */
export function columnAt({ blocks, ln_f }: FlowGeometry, x: number): number {
  if (x >= ln_f.x) return blocks.length + 1;
  const block = blocks.findLastIndex((column) => x >= column.x);
  return block + 1;
}

/** The row under a point. */
export function rowAt(bands: readonly FlowBand[], { top, rowHeight }: FlowGeometry, y: number): number {
  return Math.min(bands.length - 1, Math.max(0, Math.floor((y - top) / rowHeight)));
}

/** A depth's column: 0 the embeddings, block + 1, n_layer + 1 ln_f. */
export function columnOf({ embed, blocks, ln_f }: FlowGeometry, depth: number): FlowColumn {
  if (depth === 0) return embed;
  return depth > blocks.length ? ln_f : blocks[depth - 1];
}

/** Opacity of what comes after the step that is shown. */
export const FAINT = 0.12;

/** The least width of a column that names heads and shows numbers, px. */
export const NAME_ROOM = 40;

const LETTER = 6.7; // px, a letter of 11 px mono

const NAME_SIZE = 11; // px, of a row's name
const NAME_MARGIN = 12; // px beside it

/** A smaller size for the names of low rows, where neighbours would touch; undefined where the usual one fits. */
export const lowNameSize = (rowHeight: number): string | undefined =>
  rowHeight < NAME_SIZE ? `${rowHeight}px` : undefined;

/** The width for a row's name, in the usual size's px. */
export const nameWidth = ({ labels, rowHeight }: FlowGeometry): number =>
  ((labels - NAME_MARGIN) * NAME_SIZE) / Math.min(NAME_SIZE, rowHeight);

/** A label cut to what fits in a width. */
export function fitted(text: string, width: number): string {
  const letters = Math.max(1, Math.floor(width / LETTER));
  const all = [...text];
  return all.length > letters ? `${all.slice(0, letters - 1).join('')}…` : text;
}
