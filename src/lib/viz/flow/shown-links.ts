/** Which links the picture draws, of the rows that have arrived. */
import { linksBetween, type BackGraph } from './back';
import { layoutBands, singlesOf, type FlowBand } from './bands';
import { allLinks, bandLinks, chooseFrom, strongestLinks, type LinkChoice } from './links';
import type { FlowLink, FlowMode, FlowRow } from './types';

export interface ShownLinks {
  /** Drawn in full, with names. */
  readonly links: readonly FlowLink[];
  /** Of the other rows, faintly. */
  readonly faint: readonly FlowLink[];
  /** What the threshold leaves out; undefined until it is known. */
  readonly choice: LinkChoice | undefined;
}

interface LinkRequest {
  readonly mode: FlowMode;
  /** The selected row. */
  readonly row: FlowRow | undefined;
  /** By position; those that have arrived. */
  readonly rows: readonly (FlowRow | undefined)[];
  readonly graph: BackGraph | undefined;
  /** The picture's rows. */
  readonly bands: readonly FlowBand[];
  /** A share, 0 to 1. */
  readonly threshold: number;
  /** Every link of the selected row; see `linksOf`. */
  readonly own: readonly FlowLink[];
}

const NONE: readonly FlowLink[] = [];

/** The links of one row, of all rows, or of one row followed back. */
export function shownLinks({ mode, row, rows, graph, bands, threshold, own }: LinkRequest): ShownLinks {
  if (mode === 'back') {
    const between = graph && (isJoined(bands) ? linksBetween(graph, bands) : graph);
    const choice = between && chooseFrom(between.links, threshold, between.slight);
    return { links: choice?.drawn ?? NONE, faint: NONE, choice };
  }
  const choice = row && chooseFrom(own, threshold);
  const others = mode === 'all' ? rows : [];
  const faint = others.flatMap((each) =>
    each && each.position !== row?.position ? strongestLinks(each, threshold) : []
  );
  return { links: choice?.drawn ?? NONE, faint, choice };
}

const isJoined = (bands: readonly FlowBand[]): boolean => bands.some(({ first, last }) => first < last);

/** Every link of a row; of a long prompt those of a band are one. */
export function linksOf(row: FlowRow | undefined, bands: readonly FlowBand[]): readonly FlowLink[] {
  if (!row) return NONE;
  return isJoined(bands) ? bandLinks(row, bands) : allLinks(row);
}

/**
 * The rows of the picture: those that the strongest links of a long prompt join stand alone in it.
 *
 * @param links every link that there is, of single positions
 * @param most rows that there is room for
 */
export function rowsDrawn(
  links: () => readonly FlowLink[],
  { T, position, most }: { T: number; position: number; most: number }
): FlowBand[] {
  return layoutBands(T, position, T > most ? strongestRows(links(), singlesOf(most)) : [], most);
}

/** The rows that the strongest links join. */
function strongestRows(links: readonly FlowLink[], count: number): readonly number[] {
  const strongest = [...links].sort((a, b) => b.share - a.share);
  return [...new Set(strongest.flatMap(({ source, position }) => [source, position]))].slice(0, count);
}
