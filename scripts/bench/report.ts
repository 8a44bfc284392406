import type { Case } from './cases.ts';
import type { Check } from './forward.ts';
import type { Speed } from './generation.ts';
import type { Memory } from './small-cases.ts';

/** Everything one run of the benchmark found. */
export interface BenchReport {
  readonly machine: { readonly cpu: string; readonly cores: number; readonly browser: string };
  readonly rounds: number;
  readonly checks: readonly Check[];
  readonly cases: readonly Case[];
  /** Of generating with the key/value cache; empty where that was left out. */
  readonly tokens_per_second: readonly Speed[];
  readonly memory: Memory | null;
  /** What was left out, and why. */
  readonly left_out: readonly string[];
}

const WIDTHS = [36, 5, 8, 8, 26, 26, 7];
const HEAD = ['what', 'T', 'backend', 'threads', 'ours, ms', 'onnxruntime-web, ms', 'ratio'];
const MEGABYTE = 1e6;

const row = (cells: readonly string[]) =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i]))).join('');
const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const spread = (summary: Case['ours']) =>
  summary ? `${ms(summary.median)} (${ms(summary.lowest)} - ${ms(summary.highest)})` : '-';

/** The report as a table for a terminal: medians, in brackets the lowest and highest, ratios of the rounds. */
export function tableOf(report: BenchReport): string {
  const { machine, rounds, checks, cases, tokens_per_second, memory, left_out } = report;
  const largest = Math.max(...checks.map(({ largestDifference }) => largestDifference));
  const megabytes = (bytes: number | null) =>
    bytes === null ? 'unknown' : `${(bytes / MEGABYTE).toFixed(0)} MB`;
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.browser}; medians of ${rounds} rounds (lowest - highest)`,
    `Outputs of both engines agree: largest difference ${largest.toExponential(1)}`,
    '',
    row(HEAD),
    ...cases.map(({ what, T, backend, threads, ours, ort, ratio }) =>
      row([
        what,
        String(T ?? ''),
        backend,
        String(threads),
        spread(ours),
        spread(ort),
        ratio?.toFixed(2) ?? '-'
      ])
    ),
    '',
    ...tokens_per_second.map(
      ({ threads, ours, ort }) =>
        `Tokens a second, ${threads} thread(s): ours ${ours.toFixed(1)}, onnxruntime-web ${ort.toFixed(1)}`
    ),
    ...(memory
      ? [
          `Peak memory of the tab at T = ${memory.T}: ours ${megabytes(memory.ours_bytes)}, ` +
            `onnxruntime-web ${megabytes(memory.ort_bytes)}`
        ]
      : []),
    ...left_out.map((what) => `Left out: ${what}`)
  ].join('\n');
}
