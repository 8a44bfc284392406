import type { Summary } from './statistics.ts';
import { summarise } from './statistics.ts';

/** One measured thing; times in ms, medians. Null where an engine does not take part. */
export interface Case {
  readonly what: string;
  /** Tokens of the prompt, or null where there is none. */
  readonly T: number | null;
  readonly threads: number;
  readonly backend: string;
  readonly ours_ms: number | null;
  readonly ort_ms: number | null;
  /** ours / onnxruntime-web's; below 1 is faster. The median of the rounds' ratios. */
  readonly ratio: number | null;
  readonly ours: Summary | null;
  readonly ort: Summary | null;
  readonly rounds: number;
}

export interface CaseName {
  readonly what: string;
  readonly T: number | null;
  readonly threads: number;
  readonly backend: string;
}

/** Makes a case of repeated times; `ort` may be empty. Times of one round stand at the same index. */
export function caseOf(name: CaseName, ours: readonly number[], ort: readonly number[] = []): Case {
  const [oursSummary, ortSummary] = [ours, ort].map((times) => (times.length > 0 ? summarise(times) : null));
  const both = ours.length > 0 && ours.length === ort.length;
  return {
    ...name,
    ours_ms: oursSummary?.median ?? null,
    ort_ms: ortSummary?.median ?? null,
    ratio: both ? summarise(ours.map((time, round) => time / ort[round])).median : null,
    ours: oursSummary,
    ort: ortSummary,
    rounds: Math.max(ours.length, ort.length)
  };
}
