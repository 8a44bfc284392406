import type { Run } from '$lib/state';
import { alignTokens, placeOf, positionAxis, type AlignedPlace, type GridAxis } from '$lib/viz/difference';
import { tokenLabel } from '$lib/viz/common';
import { differenceWords as words } from '$lib/words/en/views/difference';
import type { Stage } from '../spec';

/** Both runs, and the places at which they are compared. */
export interface Two {
  readonly stage: Stage;
  readonly a: Run;
  readonly b: Run;
  readonly places: readonly AlignedPlace[];
  /** Positions of each run at the places. */
  readonly inA: readonly (number | null)[];
  readonly inB: readonly (number | null)[];
  readonly positions: GridAxis;
  /** The place of the selected position. */
  readonly chosen: number;
}

interface Alignment {
  readonly b: Run;
  readonly isOneVocabulary: boolean;
  readonly places: readonly AlignedPlace[];
}

/** By run A: every prop of a picture asks for the places, and two long prompts take a while to compare. */
const alignments = new WeakMap<Run, Alignment>();

function placesOf(a: Run, b: Run, isOneVocabulary: boolean): readonly AlignedPlace[] {
  const known = alignments.get(a);
  if (known?.b === b && known.isOneVocabulary === isOneVocabulary) return known.places;
  const places = alignTokens(a.tokens, b.tokens, isOneVocabulary);
  alignments.set(a, { b, isOneVocabulary, places });
  return places;
}

export function twoRuns(stage: Stage): Two {
  const { run: a, beside, explorer, selection } = stage;
  const b = beside ?? a;
  const places = placesOf(a, b, explorer.shown.sharesVocabulary);
  return {
    stage,
    a,
    b,
    places,
    inA: places.map((place) => place.a),
    inB: places.map((place) => place.b),
    positions: positionAxis(words.position, places, labelOf),
    chosen: placeOf(places, selection.position)
  };
}

export const labelOf = ({ a, b, token }: AlignedPlace): string => `${a ?? b} ${tokenLabel(token)}`;

/** Two arrays, or undefined until both have arrived. */
export function both<T>(two: Two, read: (run: Run) => T | undefined): readonly [T, T] | undefined {
  const [a, b] = [read(two.a), read(two.b)];
  return a !== undefined && b !== undefined ? [a, b] : undefined;
}

const SIZES = ['n_layer', 'n_head', 'n_embd', 'n_inner'] as const;
export const sameSizes = ({ a, b }: Two, sizes: readonly (typeof SIZES)[number][] = SIZES): boolean =>
  sizes.every((size) => a.config[size] === b.config[size]);
export const refuseShape = (two: Two): string | null => (sameSizes(two) ? null : words.otherShape);
export const refuseVocabulary = ({ stage: { explorer } }: Two): string | null =>
  explorer.shown.sharesVocabulary ? null : words.otherVocabulary;
