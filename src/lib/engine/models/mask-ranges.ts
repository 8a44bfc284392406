/**
 * Finds the causal masks in a checkpoint: constants that need not be downloaded, for their bytes are known.
 * With these bytes in place the whole file is there, and its SHA-256 can be checked.
 */
import {
  HEADER_LENGTH_BYTES,
  isMaskBuffer,
  parseSafetensorsHeader,
  safetensorsHeaderLength
} from '../../gpt2/index.ts';

/** A part of a file: fetched, or (mask) made here. */
export interface FileRange {
  readonly begin: number;
  readonly end: number;
  /** Side of the mask and its dtype, or null for what is fetched. */
  readonly mask: { readonly side: number; readonly dtype: string } | null;
}

/** A request costs more than these bytes. */
const LEAST_SKIPPED_BYTES = 2 ** 16;

/** The little-endian bytes of 1 in each dtype that masks are stored in. */
const ONE = new Map<string, readonly number[]>([
  ['BOOL', [1]],
  ['U8', [1]],
  ['F16', [0, 0x3c]],
  ['BF16', [0x80, 0x3f]],
  ['F32', [0, 0, 0x80, 0x3f]]
]);

/**
 * The file from its first byte to its last, cut at the masks.
 *
 * @param front the first bytes of the file, with the whole header if it is not very long
 * @param side of the masks that the model's config.json allows (n_ctx): another one is fetched, whatever it claims to be
 */
export function rangesAroundMasks(front: Uint8Array, fileLength: number, side: number): FileRange[] {
  const ranges: FileRange[] = [];
  let at = 0;
  for (const { begin, end, mask } of masksIn(front, fileLength, side)) {
    if (begin > at) ranges.push({ begin: at, end: begin, mask: null });
    ranges.push({ begin, end, mask });
    at = end;
  }
  if (at < fileLength) ranges.push({ begin: at, end: fileLength, mask: null });
  return ranges;
}

/** In the order of the file. A header that is broken, or not all in `front`, has none: its reader will say why. */
function masksIn(front: Uint8Array, fileLength: number, side: number): FileRange[] {
  try {
    const headerEnd = HEADER_LENGTH_BYTES + safetensorsHeaderLength(front, fileLength);
    if (headerEnd > front.length) return [];
    const header = front.subarray(HEADER_LENGTH_BYTES, headerEnd);
    return [...parseSafetensorsHeader(header, fileLength - headerEnd).values()]
      .filter(({ name, shape, dtype, begin, end }) => {
        const isSquare = shape.length >= 2 && shape.at(-1) === side && shape.at(-2) === side;
        const isSingle = shape.slice(0, -2).every((length) => length === 1);
        const isLarge = end - begin >= LEAST_SKIPPED_BYTES;
        return isMaskBuffer(name) && isSquare && isSingle && isLarge && ONE.has(dtype);
      })
      .map(({ begin, end, dtype }) => ({
        begin: headerEnd + begin,
        end: headerEnd + end,
        mask: { side, dtype }
      }))
      .sort((a, b) => a.begin - b.begin);
  } catch {
    return [];
  }
}

/** The bytes of a causal mask: ones up to the diagonal, zeros above, row by row. */
export function* maskBytes({ side, dtype }: NonNullable<FileRange['mask']>): Iterable<Uint8Array> {
  const one = ONE.get(dtype)!;
  for (let row = 0; row < side; row++) {
    const bytes = new Uint8Array(side * one.length);
    for (let column = 0; column <= row; column++) bytes.set(one, column * one.length);
    yield bytes;
  }
}
