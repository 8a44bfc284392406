import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterPaint } from '../../../src/lib/viz/common/after-paint.ts';

/** Callbacks that wait for the next frame. */
const waiting = new Map<number, () => void>();
let asked = 0;

function frame(): void {
  const now = [...waiting.values()];
  waiting.clear();
  now.forEach((callback) => callback());
}

beforeEach(() => {
  waiting.clear();
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    waiting.set(++asked, callback);
    return asked;
  });
  vi.stubGlobal('cancelAnimationFrame', (id: number) => waiting.delete(id));
});
afterEach(() => vi.unstubAllGlobals());

describe('afterPaint(callback)', () => {
  it('calls back in the second frame: the first is painted after its callbacks', () => {
    const callback = vi.fn();
    afterPaint(callback);
    frame();
    expect(callback).not.toHaveBeenCalled();
    frame();
    expect(callback).toHaveBeenCalledOnce();
    frame();
    expect(callback).toHaveBeenCalledOnce();
  });

  it.each([0, 1])('never calls back once it is called off, after %d frames', (frames) => {
    const callback = vi.fn();
    const callOff = afterPaint(callback);
    for (let i = 0; i < frames; i++) frame();
    callOff();
    frame();
    frame();
    expect(callback).not.toHaveBeenCalled();
  });
});
