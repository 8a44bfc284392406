import type { Wait } from './patience.ts';
import { isWeights, type ModelSource, type TransferProgress } from './source.ts';

const WINDOW_MS = 5000; // the speed is the mean over these
const LEAST_WINDOW_MS = 500; // before there is a speed
const PAUSE_MS = 100; // between two reports

/** Counts what arrives of all files of a model, and reports it a few times a second. */
export class ProgressMeter {
  readonly #report: (progress: TransferProgress) => void;
  readonly #now: () => number;
  /** Bytes of each file, as far as they are known. */
  readonly #lengths = new Map<string, number>();
  /** (time, bytes from the network up to then), oldest first. */
  #samples: [number, number][] = [];
  /** Of all files so far. */
  bytes = 0;
  #network = 0;
  #reported = -Infinity;
  #last: { file: string; from: TransferProgress['from'] } | null = null;

  constructor(
    source: ModelSource,
    report: (progress: TransferProgress) => void,
    now = () => performance.now()
  ) {
    this.#report = report;
    this.#now = now;
    for (const { name, bytes } of source.files) if (bytes !== undefined) this.#lengths.set(name, bytes);
  }

  /** The length of a file, from where it is published. */
  expect(file: string, length: number | null): void {
    if (length !== null) this.#lengths.set(file, length);
  }

  add(file: string, count: number, from: TransferProgress['from']): void {
    const now = this.#now();
    this.bytes += count;
    if (from === 'network') this.#network += count;
    this.#samples.push([now, this.#network]);
    while (now - this.#samples[0][0] > WINDOW_MS) this.#samples.shift();
    this.#last = { file, from };
    if (now - this.#reported >= PAUSE_MS) this.flush();
  }

  /** Nothing comes: what a file waits for. */
  wait(file: string, wait: Wait): void {
    const { bytes } = this;
    const from = 'network';
    this.#report({ file, from, bytes, totalBytes: this.#total(), speed: null, secondsLeft: null, wait });
    this.#reported = -Infinity; // the next byte is reported at once
  }

  /** Reports what has arrived since the last report. */
  flush(): void {
    if (!this.#last) return;
    this.#reported = this.#now();
    const totalBytes = this.#total();
    const speed = this.#last.from === 'network' ? this.#speed() : null;
    const left = Math.max(0, totalBytes - this.bytes);
    this.#report({
      ...this.#last,
      bytes: this.bytes,
      totalBytes,
      speed,
      secondsLeft: speed && totalBytes > 0 ? left / speed : null,
      wait: null
    });
    this.#last = null;
  }

  /** 0 until the weights' length is known: the small files alone would look like all there is. */
  #total(): number {
    const lengths = [...this.#lengths];
    if (!lengths.some(([name]) => isWeights(name))) return 0;
    return Math.max(
      this.bytes,
      lengths.reduce((total, [, length]) => total + length, 0)
    );
  }

  #speed(): number | null {
    const [time, bytes] = this.#samples[0];
    const elapsed = this.#now() - time;
    return elapsed < LEAST_WINDOW_MS ? null : (this.#network - bytes) / (elapsed / 1000);
  }
}
