import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Helpers } from '../../../src/lib/engine/wasm-kernels/helpers';
import type { HelperStart } from '../../../src/lib/engine/wasm-kernels/pool';

/** A worker that does what its test says, when the start has been sent. */
class FakeWorker {
  onmessage: (() => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly terminate = vi.fn();
  readonly act: (worker: FakeWorker) => void;
  constructor(act: (worker: FakeWorker) => void) {
    this.act = act;
  }
  postMessage(): void {
    this.act(this);
  }
}

const START = { thread: 1 } as HelperStart;
const serves = (worker: FakeWorker) => worker.onmessage?.();
const error = (message?: string) => ({ message, preventDefault: vi.fn() }) as unknown as ErrorEvent;

function helpersOf(...acts: ((worker: FakeWorker) => void)[]): { helpers: Helpers; workers: FakeWorker[] } {
  const workers = acts.map((act) => new FakeWorker(act));
  const waiting = [...workers];
  const helpers = new Helpers(() => waiting.shift() as unknown as Worker);
  for (const _ of acts) helpers.start(START);
  return { helpers, workers };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('Helpers.missing()', () => {
  it('is null where none was asked for, and where all have begun', async () => {
    expect(await helpersOf().helpers.missing()).toBeNull();
    expect(await helpersOf(serves, serves).helpers.missing()).toBeNull();
  });

  it('counts those that failed, with the words of the first, and keeps the error from the engine', async () => {
    const event = error('Uncaught Error: no memory');
    const { helpers, workers } = helpersOf(
      serves,
      (worker) => worker.onerror?.(event),
      (worker) => worker.onerror?.(error('another'))
    );
    expect(await helpers.missing()).toEqual({
      threads: 2,
      reason: { code: 'said', detail: 'Uncaught Error: no memory' }
    });
    expect(event.preventDefault).toHaveBeenCalled();
    expect(workers.map(({ terminate }) => terminate.mock.calls.length)).toEqual([0, 1, 1]);
  });

  it('says of a script that did not load, whose event has no message, that it did not', async () => {
    const { helpers } = helpersOf((worker) => worker.onerror?.(error()));
    expect(await helpers.missing()).toEqual({ threads: 1, reason: { code: 'scriptMissing' } });
  });

  it('does not wait for ever', async () => {
    const missing = helpersOf(serves, () => {}).helpers.missing();
    await vi.advanceTimersByTimeAsync(3000);
    expect(await missing).toEqual({ threads: 1, reason: { code: 'noAnswer' } });
  });

  it('takes a worker that may not be made as missing', async () => {
    const helpers = new Helpers(() => {
      throw new Error('workers are not allowed');
    });
    helpers.start(START);
    expect(await helpers.missing()).toEqual({
      threads: 1,
      reason: { code: 'said', detail: 'workers are not allowed' }
    });
  });

  it('leaves what fails after it has begun to the engine', async () => {
    const { helpers, workers } = helpersOf(serves);
    await helpers.missing();
    expect(workers[0].onerror).toBeNull();
  });
});
