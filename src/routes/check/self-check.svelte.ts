import {
  checkBackend,
  featureList,
  parseValuesFile,
  STORED_MODEL,
  type CheckResult,
  type CheckRow,
  type Feature,
  type ValuesFile
} from '$lib/check';
import { timeNow } from './export';
import type { BackendName } from '$lib/engine';
import { problemText, type FoundModel } from '$lib/state';

/** One backend's check. */
export interface BackendCheck {
  readonly backend: BackendName;
  readonly rows: readonly CheckRow[];
  /** Null where it was stopped or did not end. */
  readonly result: CheckResult | null;
  /** Why it did not start, or broke off. */
  readonly error: string | null;
}

const SHOWN_EACH_MS = 150; // between two counts on screen

/** The check of a model on this device, one backend after the other. */
export class SelfCheck {
  checks = $state.raw<readonly BackendCheck[]>([]);
  /** The one that is being checked, and how many rows it has. */
  running = $state.raw<{ backend: BackendName; count: number } | null>(null);
  features = $state.raw<readonly Feature[]>([]);
  /** The reader's own values, in place of those that come with the page. */
  values = $state.raw<ValuesFile | null>(null);
  valuesError = $state<string | null>(null);
  stopped = $state(false);
  /** When the last check began, ISO 8601. */
  began = $state<string | null>(null);
  #controller: AbortController | null = null;

  async look(): Promise<void> {
    this.features = await featureList();
  }

  /** Takes a file of values; what is wrong with it is said. */
  takeValues(text: string, name: string): void {
    try {
      this.values = parseValuesFile(text, name);
      this.valuesError = null;
    } catch (error) {
      this.valuesError = problemText(error);
    }
  }

  dropValues(): void {
    this.values = null;
    this.valuesError = null;
  }

  async run({ source }: FoundModel, backends: readonly BackendName[]): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#controller = controller;
    this.stopped = false;
    this.checks = [];
    this.began = timeNow();
    for (const backend of backends) {
      const check = await this.#check(backend, source, controller.signal);
      if (this.#controller !== controller) return;
      this.checks = [...this.checks, check];
      if (controller.signal.aborted) break;
    }
    this.running = null;
  }

  stop(): void {
    if (!this.running) return;
    this.stopped = true;
    this.#controller?.abort();
  }

  async #check(
    backend: BackendName,
    source: FoundModel['source'],
    signal: AbortSignal
  ): Promise<BackendCheck> {
    const rows: CheckRow[] = [];
    const stored = source.name === STORED_MODEL ? 'stored' : null;
    this.running = { backend, count: 0 };
    const timer = setInterval(() => (this.running = { backend, count: rows.length }), SHOWN_EACH_MS);
    try {
      const request = {
        backend,
        source,
        values: this.values ? $state.snapshot(this.values) : stored
      } as const;
      const result = await checkBackend(
        request,
        { onrow: (row) => rows.push(row), onprogress: () => {} },
        signal
      );
      return { backend, rows, result, error: null };
    } catch (error) {
      return { backend, rows, result: null, error: signal.aborted ? null : problemText(error) };
    } finally {
      clearInterval(timer);
    }
  }
}
