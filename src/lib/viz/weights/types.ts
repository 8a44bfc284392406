import type { CellValue } from '$lib/gpt2';
import type { ZoomPlace } from '../common';

/** What a reader sets in the view; each stands in the link. */
export interface WeightsSettings {
  readonly show: 'parameter' | 'wte' | 'wpe';
  /** As `listParameters` names it. */
  readonly parameter: string;
  readonly cell: CellValue;
  readonly zoom: ZoomPlace | null;
}

/** Cells of a map down and across; a vector is drawn whole. */
export const MOST_CELLS = 192;
export const MOST_VECTOR = 8192;
