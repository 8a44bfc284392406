/** This run beside an earlier one of the same machine. */
import { readFileSync } from 'node:fs';
import type { Case } from './cases.ts';
import type { BenchReport } from './report.ts';

/** One case of both runs; times in ms, ours. */
export interface Compared {
  readonly name: string;
  readonly before: number;
  readonly now: number;
  /** now / before; below 1 is faster. */
  readonly ratio: number;
  /** The ranges of the rounds do not overlap: more than the noise of either run. */
  readonly isApart: boolean;
}

/** Throws: Error if the file is not a report of `npm run bench -- --json`. */
export function readReport(path: string): BenchReport {
  const wrong = (reason: string) =>
    new Error(
      `bench: --compare must name a file that "npm run bench -- --json" wrote, got ${path} (${reason}).`
    );
  let report: Partial<BenchReport>;
  try {
    report = JSON.parse(readFileSync(path, 'utf8')) as Partial<BenchReport>;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (!Array.isArray(report.cases) || !report.machine) throw wrong('it has no cases');
  return report as BenchReport;
}

const nameOf = ({ what, T, backend, threads }: Case): string =>
  [what, T === null ? '' : `T = ${T}`, backend, `${threads} thread(s)`].filter(Boolean).join(', ');

/** The cases that both runs have, in the order of this one. */
export function compareCases(before: readonly Case[], now: readonly Case[]): Compared[] {
  const earlier = new Map(before.map((one) => [nameOf(one), one.ours]));
  return now.flatMap((one) => {
    const name = nameOf(one);
    const was = earlier.get(name);
    if (!was || !one.ours) return [];
    const isApart = one.ours.lowest > was.highest || one.ours.highest < was.lowest;
    const [from, to] = [was.median, one.ours.median];
    return [{ name, before: from, now: to, ratio: to / from, isApart }];
  });
}

const ms = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

/** Both runs as a table for a terminal; what lies within the noise says so. */
export function comparisonOf(before: BenchReport, now: BenchReport): string {
  const isSame = before.machine.cpu === now.machine.cpu && before.machine.cores === now.machine.cores;
  const compared = compareCases(before.cases, now.cases);
  const wide = Math.max(0, ...compared.map(({ name }) => name.length)) + 2;
  return [
    isSame
      ? 'Beside the earlier run, medians in ms, ours:'
      : `The earlier run is of another machine (${before.machine.cpu}, ${before.machine.cores} cores), so its times say little here:`,
    `${''.padEnd(wide)}${'before'.padStart(10)}${'now'.padStart(10)}${'ratio'.padStart(8)}`,
    ...compared.map(
      ({ name, before: was, now: is, ratio, isApart }) =>
        `${name.padEnd(wide)}${ms(was).padStart(10)}${ms(is).padStart(10)}${ratio.toFixed(2).padStart(8)}` +
        (isApart ? '' : '  within the ranges')
    )
  ].join('\n');
}
