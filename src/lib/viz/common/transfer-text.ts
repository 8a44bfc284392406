import { integer, modelFactWords as words } from '$lib/words';

const BYTES_PER_KB = 1e3;
const BYTES_PER_MB = 1e6;
const BYTES_PER_GB = 1e9;
const SECONDS_PER_MINUTE = 60;
const MILLION = 1e6;

/** "584 bytes", "70.1 kB", "31.7 MB", "1.5 GB" */
export function formatBytes(bytes: number): string {
  if (bytes < BYTES_PER_KB) return words.bytes(bytes);
  if (bytes < BYTES_PER_MB) return `${(bytes / BYTES_PER_KB).toFixed(1)} kB`;
  if (bytes >= BYTES_PER_GB) return `${(bytes / BYTES_PER_GB).toFixed(1)} GB`;
  const megabytes = bytes / BYTES_PER_MB;
  return `${megabytes.toFixed(megabytes < 100 ? 1 : 0)} MB`;
}

/** "40 s", "3 min" */
export function formatSeconds(seconds: number): string {
  if (seconds < SECONDS_PER_MINUTE) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / SECONDS_PER_MINUTE)} min`;
}

/** "124 M"; below a million "86,832" */
export function formatMillions(count: number): string {
  return count < MILLION ? integer(count) : `${(count / MILLION).toFixed(0)} M`;
}

/** How far a model has arrived, as the engine tells it. */
export interface Progress {
  readonly file: string;
  readonly bytes: number;
  /** 0 as long as it is not known. */
  readonly totalBytes: number;
  readonly speed: number | null;
  readonly secondsLeft: number | null;
  readonly from: 'network' | 'kept copy' | 'another tab';
  /** What it waits for: no byte for so long, or so long until the next attempt. */
  readonly wait: { readonly kind: 'silent' | 'retry'; readonly seconds: number } | null;
}

function waitText(name: string, { kind, seconds }: NonNullable<Progress['wait']>): string {
  const time = formatSeconds(seconds);
  return kind === 'silent' ? words.silent(name, time) : words.nextAttempt(name, time);
}

/** One sentence of what is under way; the number of percent stands in it. */
export function progressText(name: string, progress: Progress | null): string {
  if (progress === null) return words.asking(name);
  const { bytes, totalBytes, speed, secondsLeft, from, wait } = progress;
  if (from === 'another tab') return words.inAnotherTab(name);
  if (wait && bytes === 0) return waitText(name, wait);
  const percent = Math.floor((100 * bytes) / totalBytes);
  const isKnown = totalBytes > 0;
  const amount = isKnown
    ? words.amount(formatBytes(bytes), formatBytes(totalBytes), percent)
    : words.amountSoFar(formatBytes(bytes));
  if (wait) return `${words.fetching(name, amount, '', '')} · ${waitText(name, wait)}`;
  if (from === 'kept copy') return words.readingCopy(name, amount);
  const pace = speed === null ? '' : `${formatBytes(speed)}/s`;
  const left = secondsLeft === null ? '' : formatSeconds(secondsLeft);
  return words.fetching(name, amount, pace, left);
}
