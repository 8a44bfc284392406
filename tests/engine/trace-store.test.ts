import { describe, expect, it } from 'vitest';
import { TraceStore } from '../../src/lib/engine/trace-store.ts';

/** Something that holds bytes as a trace does: 10 that stay until it is disposed, and blocks that can be freed. */
class Held {
  blocks: number;
  disposed = false;
  readonly key: string;

  constructor(id: number, blocks: number) {
    this.key = String(id);
    this.blocks = blocks;
  }

  get bytes(): number {
    return this.disposed ? 0 : 10 + this.blocks;
  }

  shrink(): void {
    this.blocks = 0;
  }

  dispose(): void {
    this.disposed = true;
  }
}

describe('TraceStore.makeRoom(bytes)', () => {
  it('drops released traces first, oldest first, and only as many as it takes', () => {
    const store = new TraceStore<Held>(100, 8);
    const held = [new Held(0, 20), new Held(1, 20), new Held(2, 20)];
    const handles = held.map((trace) => store.add(trace));
    store.release(handles[0]);
    store.release(handles[1]);
    store.makeRoom(40);
    expect(held.map(({ disposed }) => disposed)).toEqual([true, false, false]);
    expect(store.bytes).toBe(60);
  });

  it('then takes the blocks of those in use, which stay readable', () => {
    const store = new TraceStore<Held>(100, 8);
    const held = [new Held(0, 30), new Held(1, 30)];
    const handles = held.map((trace) => store.add(trace));
    store.makeRoom(60);
    expect(held.map(({ blocks }) => blocks)).toEqual([0, 0]);
    expect(store.bytes).toBe(20);
    expect(handles.map((handle) => store.get(handle))).toEqual(held);
  });

  it('frees all that can go for a trace that alone is over the budget', () => {
    const store = new TraceStore<Held>(100, 8);
    const held = [new Held(0, 30), new Held(1, 30)];
    store.release(store.add(held[0]));
    store.add(held[1]);
    store.makeRoom(500);
    expect([held[0].disposed, held[1].disposed, held[1].blocks]).toEqual([true, false, 0]);
  });
});
