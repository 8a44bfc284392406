import { CHECK_GROUPS, type CheckGroup, type CheckRow } from './types';

/** All rows of one kind: an activation over all blocks and prompts, all texts, a problem, or the printed values of a source. */
export interface CheckSummary {
  readonly group: CheckGroup;
  /** `attn.hook_q` for all its rows, `encode` for texts, a lesson's name for a source; the name itself elsewhere. */
  readonly name: string;
  readonly rows: number;
  readonly failed: number;
  readonly notComputed: number;
  readonly compared: number;
  /** Largest of all rows; null where none has one. */
  readonly difference: number | null;
  /** The first row that fails, or the one with the largest difference. */
  readonly worst: CheckRow;
}

/** What a row is summed up under. */
function kindOf({ group, name }: CheckRow): string {
  if (group === 'activation') return name.replace(/^blocks\.\d+\./, '');
  if (group === 'tokens') return 'encode';
  if (group === 'source') return name.split('/')[0];
  return name;
}

/** The rows by kind, groups in their order, kinds in the order in which they first came. */
export function summarize(rows: readonly CheckRow[]): CheckSummary[] {
  return CHECK_GROUPS.flatMap((group) => {
    const kinds = new Map<string, CheckRow[]>();
    for (const row of rows) {
      if (row.group !== group) continue;
      const kind = kindOf(row);
      kinds.set(kind, [...(kinds.get(kind) ?? []), row]);
    }
    return [...kinds].map(([name, some]) => summary(group, name, some));
  });
}

function summary(group: CheckGroup, name: string, rows: readonly CheckRow[]): CheckSummary {
  const failed = rows.filter(({ status }) => status === 'fail');
  const largest = (some: readonly CheckRow[]) =>
    some.reduce((most, row) => ((row.difference ?? -1) > (most.difference ?? -1) ? row : most));
  const worst = largest(failed.length > 0 ? failed : rows);
  return {
    group,
    name,
    rows: rows.length,
    failed: failed.length,
    notComputed: rows.filter(({ status }) => status === 'not computed').length,
    compared: rows.reduce((sum, { compared }) => sum + compared, 0),
    difference: largest(rows).difference,
    worst
  };
}
