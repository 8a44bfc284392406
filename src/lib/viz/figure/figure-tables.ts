import { getContext, onDestroy, setContext } from 'svelte';
import type { TableCell } from '../common/table-text';

/** The numbers of a picture as a table. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

const KEY = Symbol();

type Tables = Set<() => FigureTable>;

/** Makes a figure collect the tables inside it. Call it while the figure's component is set up. */
export function collectTables(): () => FigureTable[] {
  const tables: Tables = setContext(KEY, new Set());
  return () => [...tables].map((read) => read());
}

/** Offers a table to the figure around it, if there is one. Call it while the table's component is set up. */
export function offerTable(read: () => FigureTable): void {
  const tables = getContext<Tables | undefined>(KEY);
  tables?.add(read);
  onDestroy(() => tables?.delete(read));
}
