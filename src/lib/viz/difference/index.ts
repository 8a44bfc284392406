/** B − A: the numbers of a view in one run less those in another, on a signed scale. */
export { alignTokens, type AlignedPlace } from '../common/align-tokens';
export { default as DifferenceView } from './DifferenceView.svelte';
export {
  columnsAt,
  differences,
  largestOf,
  pickColumns,
  placeOf,
  positionAxis,
  rowsAt,
  squareAt
} from './grid';
export { default as NextTokenDifference } from './NextTokenDifference.svelte';
export type { DifferenceGrid, GridAxis } from './types';
