import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseOf } from '../../../scripts/bench/cases.ts';
import { compareCases, comparisonOf, readReport } from '../../../scripts/bench/compare.ts';
import type { BenchReport } from '../../../scripts/bench/report.ts';

const forward = (T: number, ours: number[]) =>
  caseOf({ what: 'forward', T, threads: 1, backend: 'wasm' }, ours, [100, 100, 100]);

const reportOf = (cases: BenchReport['cases'], cpu = 'a CPU'): BenchReport => ({
  machine: { cpu, cores: 2, browser: 'Chromium 1' },
  rounds: 3,
  checks: [],
  cases,
  tokens_per_second: [],
  causal: [],
  first_bytes: null,
  memory: null,
  left_out: []
});

describe('compareCases(before, now)', () => {
  it('sets medians of the cases that both have side by side, and tells more than noise apart', () => {
    const before = [forward(8, [90, 100, 110]), forward(32, [200, 210, 220]), forward(128, [900, 910, 920])];
    const now = [forward(8, [60, 50, 70]), forward(32, [215, 190, 231]), forward(64, [1, 2, 3])];
    expect(compareCases(before, now)).toEqual([
      { name: 'forward, T = 8, wasm, 1 thread(s)', before: 100, now: 60, ratio: 0.6, isApart: true },
      { name: 'forward, T = 32, wasm, 1 thread(s)', before: 210, now: 215, ratio: 215 / 210, isApart: false }
    ]);
  });
});

describe('comparisonOf(before, now)', () => {
  it('prints a ratio, and what is within the ranges', () => {
    const text = comparisonOf(
      reportOf([forward(8, [100, 100, 100])]),
      reportOf([forward(8, [99, 100, 105])])
    );
    expect(text).toMatch(/T = 8, wasm, 1 thread\(s\)\s+100\s+100\s+1\.00 {2}within the ranges$/);
  });

  it('says where the earlier run is of another machine', () => {
    const other = comparisonOf(reportOf([], 'another CPU'), reportOf([]));
    expect(other).toContain('another machine (another CPU, 2 cores)');
  });
});

describe('readReport(path)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const fileOf = (text: string): string => {
    const path = join(folder, 'report.json');
    writeFileSync(path, text);
    return path;
  };

  it('gives back what --json printed', () => {
    const report = reportOf([forward(8, [1, 2, 3])]);
    expect(readReport(fileOf(JSON.stringify(report)))).toEqual(report);
  });

  it.each(['not JSON', '{}', '[]'])('refuses a file of %s', (text) => {
    expect(() => readReport(fileOf(text))).toThrow(
      /^bench: --compare must name a file .* got .*report\.json/
    );
  });

  it('refuses a file that is not there', () => {
    expect(() => readReport(join(folder, 'none.json'))).toThrow(/ENOENT/);
  });
});
