import type { Comparison } from '../reference/compare.ts';

const KIND_WIDTH = 24;
const NUMBER_WIDTH = 12;

/** `blocks.3.attn.hook_q` → `attn.hook_q`. */
const kindOf = (name: string) => name.replace(/^blocks\.\d+\./, '');

/** The largest difference of each activation kind (rows) on each backend (columns), as text for the test's output. */
export function differenceTable(collected: Readonly<Record<string, readonly Comparison[]>>): string {
  const backends = Object.keys(collected);
  const kinds = new Set(backends.flatMap((backend) => collected[backend].map(({ name }) => kindOf(name))));
  const row = (kind: string, cells: string[]) =>
    kind.padEnd(KIND_WIDTH) + cells.map((cell) => cell.padStart(NUMBER_WIDTH)).join('');
  const largest = (backend: string, kind: string) => {
    const differences = collected[backend].filter(({ name }) => kindOf(name) === kind);
    return Math.max(...differences.map(({ maxAbsDiff }) => maxAbsDiff)).toExponential(1);
  };
  return [
    row('largest difference', backends),
    ...[...kinds].map((kind) =>
      row(
        kind,
        backends.map((backend) => largest(backend, kind))
      )
    )
  ].join('\n');
}
