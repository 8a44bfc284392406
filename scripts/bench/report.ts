import type { Case } from './cases.ts';
import type { CausalCase } from './causal.ts';
import type { Check } from './forward.ts';
import type { Speed } from './generation.ts';
import type { Memory } from './small-cases.ts';

/** Where it was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly browser: string;
}

/** Everything one run of the benchmark found. */
export interface BenchReport {
  readonly machine: Machine;
  readonly rounds: number;
  readonly checks: readonly Check[];
  readonly cases: readonly Case[];
  /** Causal measures of gpt2-nano; empty where they were left out. */
  readonly causal: readonly CausalCase[];
  /** Of generating with the key/value cache; empty where that was left out. */
  readonly tokens_per_second: readonly Speed[];
  /** Of the page's files until its recorded picture was there; null where that was left out. */
  readonly first_bytes: number | null;
  readonly memory: Memory | null;
  /** What was left out, and why. */
  readonly left_out: readonly string[];
}

const WIDTHS = [36, 5, 8, 8, 26, 26, 7];
const HEAD = ['what', 'T', 'backend', 'threads', 'ours, ms', 'onnxruntime-web, ms', 'ratio'];
const KILOBYTE = 1e3;
const MEGABYTE = 1e6;

const row = (cells: readonly string[]) =>
  cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i]))).join('');
const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const spread = (summary: Case['ours']) =>
  summary ? `${ms(summary.median)} (${ms(summary.lowest)} - ${ms(summary.highest)})` : '-';

export const machineLine = ({ cpu, cores, browser }: Machine, rounds: number): string =>
  `${cpu}, ${cores} cores, ${browser}; medians of ${rounds} rounds (lowest - highest)`;

/** Causal measures beside as many whole runs, a line each. */
export function causalTable(causal: readonly CausalCase[]): string[] {
  return causal.map(
    ({ what, T, passes, shared, plain, ort, gain }) =>
      `gpt2-nano, T = ${T}, ${what}: ${spread(shared)} ms; ${passes} whole runs ${spread(plain)} ms, of ` +
      `onnxruntime-web ${spread(ort)} ms; sharing is ${gain.toFixed(2)} times as fast`
  );
}

/** The report as a table for a terminal: medians, in brackets the lowest and highest, ratios of the rounds. */
export function tableOf(report: BenchReport): string {
  const { machine, rounds, checks, cases, causal, tokens_per_second, first_bytes, memory, left_out } = report;
  const largest = Math.max(...checks.map(({ largestDifference }) => largestDifference));
  const megabytes = (bytes: number | null) =>
    bytes === null ? 'unknown' : `${(bytes / MEGABYTE).toFixed(0)} MB`;
  return [
    machineLine(machine, rounds),
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
    ...causalTable(causal),
    ...tokens_per_second.map(
      ({ threads, ours, ort }) =>
        `Tokens a second, ${threads} thread(s): ours ${ours.toFixed(1)}, onnxruntime-web ${ort.toFixed(1)}`
    ),
    ...(first_bytes === null
      ? []
      : [`The page's files before its recorded picture: ${(first_bytes / KILOBYTE).toFixed(0)} kB as sent`]),
    ...(memory
      ? [
          `Peak memory of the tab at T = ${memory.T}: ours ${megabytes(memory.ours_bytes)}, ` +
            `onnxruntime-web ${megabytes(memory.ort_bytes)}`
        ]
      : []),
    ...left_out.map((what) => `Left out: ${what}`)
  ].join('\n');
}
