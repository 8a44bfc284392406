import type { CheckRow, Feature } from '$lib/check';
import { tableCsv } from '$lib/viz';
import type { BackendCheck } from './self-check.svelte';

const COLUMNS = [
  'backend',
  'group',
  'name',
  'prompt',
  'status',
  'largest_difference',
  'numbers_compared',
  'detail'
];

const cells = (backend: string, row: CheckRow) => [
  backend,
  row.group,
  row.name,
  row.prompt ?? '',
  row.status,
  row.difference ?? '',
  row.compared,
  row.detail ?? ''
];

/** Every row of every backend as CSV. */
export function checksCsv(checks: readonly BackendCheck[]): string {
  return tableCsv(
    COLUMNS,
    checks.flatMap(({ backend, rows }) => rows.map((row) => cells(backend, row)))
  );
}

/** What the whole report is about. */
export interface ReportFacts {
  readonly model: string;
  readonly link: string;
  readonly began: string | null;
  readonly features: readonly Feature[];
}

/** The whole report as JSON: device, model, and every row of every backend. */
export function checksJson({ features, ...facts }: ReportFacts, checks: readonly BackendCheck[]): string {
  const report = {
    format: 'gpt2-lens-check-report',
    version: 1,
    ...facts,
    browser: navigator.userAgent,
    features: Object.fromEntries(features.map(({ name, here }) => [name, here])),
    checks
  };
  return JSON.stringify(report, null, 1);
}

/** ISO 8601. */
export const timeNow = (): string => new Date().toISOString();
