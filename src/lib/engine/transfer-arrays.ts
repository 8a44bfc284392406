import * as Comlink from 'comlink';

/** Buffers of every typed array in a value or in its lists. */
function buffersIn(value: object): ArrayBuffer[] {
  const parts: unknown[] = ArrayBuffer.isView(value) ? [value] : Object.values(value).flat();
  return parts
    .filter((part) => ArrayBuffer.isView(part))
    .map(({ buffer }) => buffer)
    .filter((buffer) => buffer instanceof ArrayBuffer);
}

function moved(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const buffers = [...new Set(buffersIn(value))];
  return buffers.length > 0 ? Comlink.transfer(value, buffers) : value;
}

type Callable = (...values: unknown[]) => unknown;

/**
 * A worker's service as it is exposed to the page: arrays in what any of its calls answers, and in what it sends to a
 * callback, move to the page instead of being copied. The worker loses them, so a call gives its own copies.
 */
export function withMovedArrays<T extends object>(service: T): T {
  return new Proxy(service, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...values: unknown[]) => {
        const given = values.map((value) => {
          if (typeof value !== 'function') return value;
          return (...sent: unknown[]) => (value as Callable)(...sent.map(moved));
        });
        return moved(await (member as Callable).apply(target, given));
      };
    }
  });
}
