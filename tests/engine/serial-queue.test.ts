import { describe, expect, it } from 'vitest';
import { Lane } from '../../src/lib/engine/lane.ts';

const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));

describe('Lane.run(work)', () => {
  it('runs one after another, in order, and gives each its result', async () => {
    const lane = new Lane();
    let open = 0;
    const work = (value: number) => async () => {
      expect(open++).toBe(0);
      await nextTask();
      open--;
      return value;
    };
    expect(await Promise.all([1, 2, 3].map((value) => lane.run(work(value))))).toEqual([1, 2, 3]);
  });

  it('lets others in between two of them', async () => {
    const lane = new Lane();
    const order: string[] = [];
    const long = Promise.all([1, 2].map((n) => lane.run(async () => void order.push(`long ${n}`))));
    setImmediate(() => order.push('short'));
    await long;
    expect(order.indexOf('short')).toBeLessThan(order.indexOf('long 2'));
  });

  it('goes on after one that failed', async () => {
    const lane = new Lane();
    const failed = lane.run(() => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await lane.run(() => Promise.resolve(7))).toBe(7);
  });
});
