// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { bytesIn, ReadCache } from '../../src/lib/state/read-cache.ts';

const never = () => {
  throw new Error('nothing may fail');
};
const BYTES = 40;

/** A read of 40 bytes that counts how often it was loaded. */
function counted(key: string) {
  const read = {
    key,
    loads: 0,
    load: () => {
      read.loads++;
      return Promise.resolve(new Float32Array(BYTES / 4));
    }
  };
  return read;
}

describe('ReadCache', () => {
  it('loads each key once while it is kept', async () => {
    const cache = new ReadCache(never);
    const read = counted('a');
    expect(cache.get(read)).toBeUndefined();
    await cache.warm(read);
    expect(cache.get(read)).toHaveLength(10);
    expect(read.loads).toBe(1);
  });

  it('drops what was asked for longest ago, and loads it again when it is asked for again', async () => {
    const cache = new ReadCache(never, 2 * BYTES);
    const [a, b, c] = ['a', 'b', 'c'].map(counted);
    await cache.warm(a);
    await cache.warm(b);
    cache.get(a);
    await cache.warm(c);
    expect([a, b, c].map((read) => cache.peek(read) !== undefined)).toEqual([true, false, true]);
    expect(cache.bytes).toBe(2 * BYTES);
    await cache.warm(b);
    expect([a.loads, b.loads, c.loads]).toEqual([1, 2, 1]);
  });

  it('reports what could not be read, and does not ask for it again', async () => {
    const errors: unknown[] = [];
    const cache = new ReadCache((error) => errors.push(error));
    const read = { key: 'a', load: () => Promise.reject(new Error('not there')) };
    await cache.warm(read);
    await cache.warm(read);
    expect(errors).toHaveLength(1);
  });

  it('keeps a value that alone is over the budget: it is what is looked at', async () => {
    const cache = new ReadCache(never, BYTES / 2);
    const read = counted('a');
    await cache.warm(read);
    expect(cache.get(read)).toHaveLength(10);
  });
});

/** A read that waits until it is ended or cancelled. */
function waiting(key: string) {
  const read = {
    key,
    loads: 0,
    cancelled: 0,
    end: () => {},
    load: (signal: AbortSignal) => {
      read.loads++;
      signal.addEventListener('abort', () => read.cancelled++);
      return new Promise<Float32Array>((resolve) => (read.end = () => resolve(new Float32Array(1))));
    }
  };
  return read;
}

/** Lets effects and what they leave behind run. */
const settle = async () => {
  flushSync();
  await new Promise((resolve) => setTimeout(resolve));
};

describe('ReadCache, beside pictures', () => {
  it('cancels what no picture waits for any more, and keeps what another one does', async () => {
    const cache = new ReadCache(never);
    const [a, b] = ['head 0', 'head 1'].map(waiting);
    let shown = $state(0);
    const stop = $effect.root(() => {
      $effect(() => void cache.get([a, b][shown]));
      $effect(() => void cache.get(a));
    });
    await settle();
    shown = 1;
    await settle();
    expect([a.loads, a.cancelled, b.loads, b.cancelled]).toEqual([1, 0, 1, 0]);
    stop();
    await settle();
    expect([a.cancelled, b.cancelled, cache.isWatched('head 0')]).toEqual([1, 1, false]);
  });

  it('loads nothing while it is paused, and then what pictures still wait for', async () => {
    const cache = new ReadCache(never);
    const [a, b, c] = ['a', 'b', 'c'].map(waiting);
    let shown = $state.raw([a, b]);
    let found = 0;
    const stop = $effect.root(() => {
      const values = $derived(shown.map((read) => cache.get(read)));
      $effect(() => void (found = values.filter(Boolean).length));
    });
    await settle();
    cache.pause();
    expect([a.cancelled, b.cancelled]).toEqual([1, 1]);
    shown = [b, c];
    await settle();
    expect([a.loads, b.loads, c.loads]).toEqual([1, 1, 0]);
    cache.resume();
    expect([a.loads, b.loads, c.loads]).toEqual([1, 2, 1]);
    c.end();
    await settle();
    expect(found).toBe(1);
    stop();
  });
});

describe('bytesIn(value)', () => {
  it('counts the arrays of a value and of its fields', () => {
    expect(bytesIn(new Float32Array(3))).toBe(12);
    expect(bytesIn({ side: 2, values: new Float32Array(4), none: null, ids: new Int32Array(1) })).toBe(20);
    expect([bytesIn(null), bytesIn(7), bytesIn('text')]).toEqual([0, 0, 0]);
  });
});
