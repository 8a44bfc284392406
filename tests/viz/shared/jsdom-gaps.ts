import { vi } from 'vitest';

/**
 * Stands in for what jsdom lacks: canvas drawing (answered with no context), ResizeObserver (nothing is measured) and
 * IntersectionObserver (all is on screen).
 */
export function fillJsdomGaps(): void {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    }
  );
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #changed: (entries: { target: Element; isIntersecting: boolean }[]) => void;
      constructor(changed: (entries: { target: Element; isIntersecting: boolean }[]) => void) {
        this.#changed = changed;
      }
      observe(target: Element) {
        queueMicrotask(() => this.#changed([{ target, isIntersecting: true }]));
      }
      disconnect() {}
    }
  );
}
