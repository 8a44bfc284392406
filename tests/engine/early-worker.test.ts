// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { giveTurn, readPreparation, takeEarlyWorker } from '../../src/lib/engine/early-worker.ts';

const nameOf = (asks: object) => `engine ${JSON.stringify(asks)}`;
const ASKS = { backend: 'wasm', source: null, tokens: 3, waits: true };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Notes whether a worker's turn has come. */
function watched(name: string) {
  const seen = { has: false };
  void readPreparation(name)!.turn.then(() => (seen.has = true));
  return seen;
}

describe('readPreparation(name)', () => {
  it('tells what the head asks for, and nothing where it asks for nothing', () => {
    expect(readPreparation(nameOf(ASKS))).toMatchObject({ backend: 'wasm', source: null, tokens: 3 });
    expect(readPreparation(nameOf({ ...ASKS, backend: 'other' }))?.backend).toBeNull();
    expect(readPreparation('engine')).toBeNull();
  });

  it('begins at once where no recorded picture comes', async () => {
    const turn = watched(nameOf({ ...ASKS, waits: false }));
    await vi.advanceTimersByTimeAsync(0);
    expect(turn.has).toBe(true);
  });

  it('waits for the word that the page sends once its picture is there, and for no other message', async () => {
    const turn = watched(nameOf(ASKS));
    const worker = {
      postMessage: vi.fn((data: unknown) => self.dispatchEvent(new MessageEvent('message', { data })))
    };
    globalThis.gpt2LensEngine = { worker: worker as unknown as Worker, failed: false };
    expect(takeEarlyWorker()).toBe(worker);
    self.dispatchEvent(new MessageEvent('message', { data: { id: 1, type: 'GET' } }));
    await vi.advanceTimersByTimeAsync(100);
    expect(turn.has).toBe(false);
    giveTurn();
    giveTurn();
    await vi.advanceTimersByTimeAsync(0);
    expect(turn.has).toBe(true);
    expect(worker.postMessage).toHaveBeenCalledOnce();
  });

  it('begins by itself where no word comes, as in a tab that nobody looks at', async () => {
    const turn = watched(nameOf(ASKS));
    await vi.advanceTimersByTimeAsync(1400);
    expect(turn.has).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(turn.has).toBe(true);
  });
});
