/** What a cell of a map says of the values that it stands for: the one farthest from 0, or their mean. */
export const CELL_VALUES = ['extreme', 'mean'] as const;
export type CellValue = (typeof CELL_VALUES)[number];
