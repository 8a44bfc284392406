import { encode } from 'uqr';

/** A QR code as one path, a unit a module, with the white edge that readers of it need. */
export interface QrPath {
  /** Side of the whole, edge included, in modules. */
  readonly size: number;
  readonly path: string;
}

const EDGE = 4; // modules: ISO/IEC 18004 asks for so many
const MOST_BYTES = 2953; // that the largest code holds at the lowest level of correction

/** The code of a text; null where no code can hold it. */
export function qrPath(text: string): QrPath | null {
  if (new TextEncoder().encode(text).length > MOST_BYTES) return null;
  const { data, size } = encode(text, { border: EDGE, ecc: 'L' });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: dark.join('') };
}
