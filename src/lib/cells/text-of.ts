/** Any value on one line, as a console writes it. */

const DEEPEST = 3;
const MOST_ITEMS = 200;

/** Texts stand as they are at the top and in quotes inside of something. */
export function textOf(value: unknown, depth = 0): string {
  if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name === '' ? 'function' : `function ${value.name}`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Promise) return 'Promise (await is missing)';
  if (value instanceof Date || value instanceof RegExp) return String(value);
  if (depth >= DEEPEST) return Array.isArray(value) ? '[…]' : '{…}';
  const inside = (item: unknown) => textOf(item, depth + 1);
  if (Array.isArray(value)) return `[${listed(value, inside)}]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return `[${listed(value as unknown as Iterable<number>, inside)}]`;
  }
  if (value instanceof Set) return `Set(${value.size}) {${listed(value, inside)}}`;
  if (value instanceof Map) {
    return `Map(${value.size}) {${listed(value, ([key, item]: [unknown, unknown]) => `${inside(key)} => ${inside(item)}`)}}`;
  }
  const entries = Object.entries(value);
  const written = listed(entries, ([key, item]) => `${key}: ${inside(item)}`);
  const name = (value.constructor as { name?: string } | undefined)?.name ?? 'Object';
  const prefix = name === 'Object' ? '' : `${name} `;
  return entries.length === 0 ? `${prefix}{}` : `${prefix}{ ${written} }`;
}

function listed<T>(items: Iterable<T>, write: (item: T) => string): string {
  const all = [...items];
  const shown = all.slice(0, MOST_ITEMS).map(write);
  if (all.length > MOST_ITEMS) shown.push(`… (${(all.length - MOST_ITEMS).toLocaleString('en')} more)`);
  return shown.join(', ');
}
