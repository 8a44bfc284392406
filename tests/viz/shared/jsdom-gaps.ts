import { vi } from 'vitest';

/** Stands in for what jsdom lacks: canvas drawing (answered with no context) and ResizeObserver (nothing is measured). */
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
}
