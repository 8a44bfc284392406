import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { Interrupt } from '$lib/engine/interrupt';

const REASON = new Error('the thread broke down');
const never = () => new Promise<never>(() => {});

/** All garbage of this process, now. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('an interrupt', () => {
  it('lets answers and errors through', async () => {
    const interrupt = new Interrupt();
    await expect(interrupt.wait(Promise.resolve(7))).resolves.toBe(7);
    const error = new Error('of the answer');
    await expect(interrupt.wait(Promise.reject(error))).rejects.toBe(error);
    expect(interrupt.reason).toBeNull();
  });

  it('ends what waits, and what waits later, for the first reason', async () => {
    const interrupt = new Interrupt();
    const waits = [interrupt.wait(never()), interrupt.wait(never())];
    interrupt.raise(REASON);
    interrupt.raise(new Error('another'));
    for (const wait of [...waits, interrupt.wait(never())]) await expect(wait).rejects.toBe(REASON);
    expect(interrupt.reason).toBe(REASON);
  });

  it('keeps no answer that has come', async () => {
    const interrupt = new Interrupt();
    const answers = await Promise.all(
      Array.from({ length: 3 }, async () => new WeakRef(await interrupt.wait(Promise.resolve({}))))
    );
    await new Promise((resolve) => setTimeout(resolve)); // a WeakRef holds until the task that made it ends
    collectGarbage();
    expect(answers.map((answer) => answer.deref())).toEqual([undefined, undefined, undefined]);
    interrupt.raise(REASON);
  });
});
