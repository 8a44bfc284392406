/** Which links the picture draws, of the rows that have arrived. */
import type { BackGraph } from './back';
import { chooseFrom, chooseLinks, strongestLinks, type LinkChoice } from './links';
import type { FlowLink, FlowMode, FlowRow } from './types';

export interface ShownLinks {
  /** Drawn in full, with names. */
  readonly links: readonly FlowLink[];
  /** Of the other rows, faintly. */
  readonly faint: readonly FlowLink[];
  /** What the threshold leaves out; undefined until it is known. */
  readonly choice: LinkChoice | undefined;
}

interface Asked {
  readonly mode: FlowMode;
  /** The selected row. */
  readonly row: FlowRow | undefined;
  /** By position; those that have arrived. */
  readonly rows: readonly (FlowRow | undefined)[];
  readonly graph: BackGraph | undefined;
  /** A share, 0 to 1. */
  readonly threshold: number;
}

const NONE: readonly FlowLink[] = [];

/** The links of one row, of all rows, or of one row followed back. */
export function shownLinks({ mode, row, rows, graph, threshold }: Asked): ShownLinks {
  if (mode === 'back') {
    const choice = graph && chooseFrom(graph.links, threshold, graph.slight);
    return { links: choice?.drawn ?? NONE, faint: NONE, choice };
  }
  const choice = row && chooseLinks(row, threshold);
  const others = mode === 'all' ? rows : [];
  const faint = others.flatMap((each) =>
    each && each.position !== row?.position ? strongestLinks(each, threshold) : []
  );
  return { links: choice?.drawn ?? NONE, faint, choice };
}

/** The rows that the strongest links join, which stand alone in a long prompt. */
export function strongestRows(links: readonly FlowLink[], count: number): readonly number[] {
  const strongest = [...links].sort((a, b) => b.share - a.share);
  return [...new Set(strongest.flatMap(({ source, position }) => [source, position]))].slice(0, count);
}
