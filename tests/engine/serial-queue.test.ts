import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../src/lib/engine/serial-queue.ts';

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

describe('SerialQueue.run(work, rank, signal)', () => {
  it('runs one after another, in order, and gives each its result', async () => {
    const queue = new SerialQueue();
    let open = 0;
    const work = (value: number) => async () => {
      expect(open++).toBe(0);
      await nextTask();
      open--;
      return value;
    };
    expect(await Promise.all([1, 2, 3].map((value) => queue.run(work(value))))).toEqual([1, 2, 3]);
  });

  it('lets others in between two of them', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const long = Promise.all([1, 2].map((n) => queue.run(async () => void order.push(`long ${n}`))));
    setImmediate(() => order.push('short'));
    await long;
    expect(order.indexOf('short')).toBeLessThan(order.indexOf('long 2'));
  });

  it('lets a lower rank pass those that wait, and keeps the order within a rank', async () => {
    const queue = new SerialQueue();
    const order: string[] = [];
    const run = (name: string, rank: number) => queue.run(async () => void order.push(name), rank);
    await Promise.all([run('lens 1', 1), run('lens 2', 1), run('maps 1', 0), run('maps 2', 0)]);
    expect(order).toEqual(['maps 1', 'maps 2', 'lens 1', 'lens 2']);
  });

  it('gives up at once what is cancelled while it waits, and never runs it', async () => {
    const queue = new SerialQueue();
    let end = () => {};
    const first = queue.run(() => new Promise<void>((resolve) => (end = resolve)));
    await nextTask();
    const controllers = Array.from({ length: 100 }, () => new AbortController());
    const waiting = controllers.map(({ signal }) =>
      queue.run(() => Promise.reject(new Error('ran')), 0, signal)
    );
    const reason = new DOMException('The call was cancelled.', 'AbortError');
    for (const controller of controllers) controller.abort(reason);
    const results = await Promise.allSettled(waiting); // before the first one has ended
    expect(results.every((result) => result.status === 'rejected' && result.reason === reason)).toBe(true);
    end();
    await first;
    await expect(queue.run(() => Promise.resolve(1), 0, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await queue.run(() => Promise.resolve(7))).toBe(7);
  });

  it('goes on after one that failed', async () => {
    const queue = new SerialQueue();
    const failed = queue.run(() => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await queue.run(() => Promise.resolve(7))).toBe(7);
  });
});
