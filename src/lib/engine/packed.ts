/** Answers of the engine as JSON: typed arrays in base64, and numbers that JSON does not have. */

const ARRAYS = {
  Float32Array,
  Float64Array,
  Int32Array,
  Uint32Array,
  Uint8Array,
  Uint16Array
} as const;
type ArrayName = keyof typeof ARRAYS;
const NUMBERS: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** JSON of a value; what it holds must be plain objects, arrays, typed arrays, text, numbers, true, false or null. */
export function pack(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return { $number: String(item) };
    if (!ArrayBuffer.isView(item)) return item;
    const name = item.constructor.name as ArrayName;
    if (!(name in ARRAYS))
      throw new TypeError(`pack: an array must be one of ${Object.keys(ARRAYS).join(', ')}, got ${name}.`);
    const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
    return { $array: name, bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
  });
}

/** What was packed, as a new value each time. */
export function unpack(text: string): unknown {
  return JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null) return item;
    if ('$number' in item) return NUMBERS[String(item.$number)];
    if (!('$array' in item && 'bytes' in item)) return item;
    const bytes = Uint8Array.from(atob(String(item.bytes)), (letter) => letter.charCodeAt(0));
    return new ARRAYS[item.$array as ArrayName](bytes.buffer);
  });
}
