import { onDestroy } from 'svelte';
import { optionalContext } from '../common/optional-context';
import type { TableCell } from '../common/table-text';

/** The numbers of a picture as a table. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

const [tablesAround, giveTables] = optionalContext<Set<() => FigureTable>>();

/** Makes a figure collect the tables inside it. Call it while the figure's component is set up. */
export function collectTables(): () => FigureTable[] {
  const tables = new Set<() => FigureTable>();
  giveTables(tables);
  return () => [...tables].map((read) => read());
}

/** Offers a table to the figure around it, if there is one. Call it while the table's component is set up. */
export function offerTable(read: () => FigureTable): void {
  const tables = tablesAround();
  tables?.add(read);
  onDestroy(() => tables?.delete(read));
}
