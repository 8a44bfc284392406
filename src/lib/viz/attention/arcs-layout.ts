/** Links from a query to the keys it reads: which ones are drawn, and along which curve. All in px. */
import { linkHorizontal } from 'd3';
import { mostZoomOf, type ZoomPlace } from '../common/zoom-place';
import { labelWidth, type Cell } from './layout';

export interface Link extends Cell {
  readonly probability: number;
}

/** The links of one query, and what is left out. */
export interface LinkChoice {
  readonly links: Link[];
  /** Keys whose probability is under the threshold, and what they get together. */
  readonly leftOut: { readonly keys: number; readonly probability: number };
}

/** A link below this probability is not drawn: one part in a hundred is thinner than can be seen. */
export const LINK_THRESHOLD = 0.01;

/** Links of the queries that are not in focus are context only, drawn from here on … */
export const CONTEXT_THRESHOLD = 0.2;
/** … and at most this many, the strongest first. */
export const MOST_CONTEXT_LINKS = 300;

/**
 * Splits a query's row into the links that are drawn and the rest, which is counted.
 *
 * Shapes: pattern [T, T] row-major, row = query; only keys ≤ query are looked at.
 */
export function chooseLinks(
  pattern: ArrayLike<number>,
  T: number,
  query: number,
  threshold = LINK_THRESHOLD
): LinkChoice {
  const links: Link[] = [];
  let keys = 0;
  let probability = 0;
  for (let key = 0; key <= query && key < T; key++) {
    const p = pattern[query * T + key];
    if (p >= threshold) {
      links.push({ query, key, probability: p });
    } else {
      keys += 1;
      probability += p;
    }
  }
  return { links, leftOut: { keys, probability } };
}

/** Every link from the context threshold on, strongest first. */
export function strongLinks(pattern: ArrayLike<number>, T: number): Link[] {
  const links: Link[] = [];
  for (let query = 0; query < T; query++) {
    for (let key = 0; key <= query; key++) {
      const probability = pattern[query * T + key];
      if (probability >= CONTEXT_THRESHOLD) links.push({ query, key, probability });
    }
  }
  return links.sort((a, b) => b.probability - a.probability);
}

/** The strongest links of all queries but one, out of `strongLinks`. */
export function othersOf(strong: readonly Link[], focused: number): Link[] {
  return strong.filter(({ query }) => query !== focused).slice(0, MOST_CONTEXT_LINKS);
}

const THINNEST = 1;
const WIDEST = 8;
const FAINTEST = 0.25;
const STRONGEST = 0.95;

/** Width of a link: 1 px at 0, 8 px at 1. */
export const linkWidth = (probability: number): number => THINNEST + (WIDEST - THINNEST) * probability;
/** Opacity of a link: 0.25 at 0, 0.95 at 1. */
export const linkOpacity = (probability: number): number => FAINTEST + (STRONGEST - FAINTEST) * probability;

/** Height of a labelled token in the two columns: room for a finger. */
export const ROW_HEIGHT = 24;

/** Two columns of tokens, seen through a height: all of them, or a part where they are zoomed. */
export interface ColumnLayout {
  readonly T: number;
  /** Step from one token to the next, px. */
  readonly row: number;
  /** What of the zoomed columns is above the part that is seen, px. */
  readonly offset: number;
  /** Of the part that is seen, px. */
  readonly height: number;
  /** Every how many tokens one has a label. */
  readonly labelStep: number;
}

/** Fits T tokens into a height; more than that many finger-high rows are drawn closer, with fewer labels. */
export function layoutColumns(T: number, height: number, { k, y }: ZoomPlace): ColumnLayout {
  const seen = Math.min(T * ROW_HEIGHT, Math.max(ROW_HEIGHT, height));
  const row = (seen / T) * k;
  return {
    T,
    row,
    offset: y * row * T,
    height: seen,
    labelStep: Math.max(1, Math.ceil(ROW_HEIGHT / row - SLACK))
  };
}

const SLACK = 1e-6; // of a quotient that should be whole

/** How far the columns can be zoomed: until every token has a label. */
export const mostColumnZoom = (T: number, height: number): number =>
  Math.max(1, (T * ROW_HEIGHT) / Math.max(ROW_HEIGHT, height));

/** The middle of a token's row, px from the top of what is seen. */
export const rowMiddle = ({ row, offset }: ColumnLayout, position: number): number =>
  (position + 0.5) * row - offset;

/** The token at a height of what is seen, held inside the columns. */
export const rowAt = ({ T, row, offset }: ColumnLayout, y: number): number =>
  Math.max(0, Math.min(T - 1, Math.floor((y + offset) / row)));

const horizontal = linkHorizontal<unknown, [number, number]>();

/** The curve between the query's row at the left and the key's row at the right, across a width. */
export function columnLink(layout: ColumnLayout, link: Cell, width: number): string {
  const source: [number, number] = [0, rowMiddle(layout, link.query)];
  return horizontal({ source, target: [width, rowMiddle(layout, link.key)] }) ?? '';
}

/** Where the tokens of one line stand, with the arcs above them. */
export interface LineLayout {
  readonly T: number;
  /** Middle of the first token, and the step to the next. */
  readonly start: number;
  readonly step: number;
  /** What is seen: from the first token's left edge to the last one's right edge, unless they are zoomed. */
  readonly left: number;
  readonly seen: number;
  /** What of the zoomed line is left of that. */
  readonly offset: number;
  /** Every how many tokens one has a label. */
  readonly labelStep: number;
  /** The line that the arcs stand on. */
  readonly base: number;
  readonly width: number;
  readonly height: number;
  /** True where labels lean, because they are longer than the step. */
  readonly leaning: boolean;
}

const MARGIN = 14;
const LABEL_STEP = 16; // px from one leaning label to the next
const ZOOMED_STEP = 32;
const WIDEST_STEP = 96;
const ARC_HEIGHT = 66;
const LABEL_HEIGHT = 18;
const LABEL_SPACE = 4;
const HALF = Math.SQRT1_2; // sine and cosine of the 45° that labels lean by

/**
 * Sets tokens side by side in a width; of many tokens some have no label until they are zoomed.
 *
 * Throws: RangeError without a label.
 */
export function layoutLine(labels: readonly string[], width: number): LineLayout {
  const T = labels.length;
  if (T === 0) throw new RangeError('layoutLine: labels must be one a token, got none. Pass the prompt.');
  const longest = labels.reduce((most, label) => Math.max(most, labelWidth(label)), 0);
  const room = (start: number): number => (width - start - MARGIN) / Math.max(1, T - 1);
  const leaning = T > 1 && longest + LABEL_SPACE > room(Math.max(MARGIN, longest / 2));
  const start = Math.ceil(
    leaning ? Math.max(MARGIN, labelWidth(labels[0]) * HALF) : Math.max(MARGIN, longest / 2)
  );
  const end = leaning ? MARGIN : start;
  const step = Math.min(WIDEST_STEP, (width - start - end) / Math.max(1, T - 1));
  const labelHeight = leaning ? Math.ceil(longest * HALF) + LABEL_HEIGHT : LABEL_HEIGHT;
  return {
    T,
    start,
    step,
    left: start - step / 2,
    seen: T * step,
    offset: 0,
    labelStep: labelStepOf(step),
    base: ARC_HEIGHT,
    width: Math.ceil(start + (T - 1) * step + end),
    height: ARC_HEIGHT + labelHeight,
    leaning
  };
}

const labelStepOf = (step: number): number => Math.max(1, Math.ceil(LABEL_STEP / step));

/** How far a line can be zoomed: until each token has room. */
export const mostLineZoom = ({ step }: LineLayout): number => mostZoomOf(step, ZOOMED_STEP);

/** The line at a place of its zoom: tokens further apart, seen through the same width. */
export function zoomLine(layout: LineLayout, { k, x }: ZoomPlace): LineLayout {
  if (k === 1) return layout;
  const step = layout.step * k;
  return {
    ...layout,
    step,
    start: layout.left + step / 2,
    offset: x * layout.T * step,
    labelStep: labelStepOf(step)
  };
}

/** Middle of a token on the line. */
export const lineX = ({ start, step, offset }: LineLayout, position: number): number =>
  start + position * step - offset;

/** Whether a token's middle is in the part of the line that is seen. */
export function isOnLine(layout: LineLayout, position: number): boolean {
  const at = lineX(layout, position) - layout.left;
  return at >= 0 && at <= layout.seen;
}

const LOOP = 16; // half the width of the loop from a token to itself

/** The arc from a query to a key; a small loop from a token to itself. */
export function lineArc(layout: LineLayout, { query, key }: Cell): string {
  const from = lineX(layout, query);
  const to = lineX(layout, key);
  const { base } = layout;
  if (query === key)
    return `M${from},${base}C${from - LOOP},${base / 2} ${from + LOOP},${base / 2} ${from},${base}`;
  return `M${from},${base}C${from},0 ${to},0 ${to},${base}`;
}
