const PAGE = 10;

/**
 * Where a key of a slider takes it, as WAI-ARIA has it: up and right go forward, page keys by ten, and it stops at the
 * ends. With no value yet, any of its keys starts at the first (End at the last).
 *
 * @returns the new value between 0 and count − 1, or undefined where the key moves nothing
 */
export function slideTo(key: string, value: number | null, count: number): number | undefined {
  const last = count - 1;
  const start = value ?? 0;
  const targets: Record<string, number> = {
    ArrowRight: start + 1,
    ArrowUp: start + 1,
    ArrowLeft: start - 1,
    ArrowDown: start - 1,
    PageUp: start + PAGE,
    PageDown: start - PAGE,
    Home: 0,
    End: last
  };
  if (!(key in targets) || count === 0) return undefined;
  if (value === null && key !== 'End') return 0;
  return Math.max(0, Math.min(last, targets[key]));
}
