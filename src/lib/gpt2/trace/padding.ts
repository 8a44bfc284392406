/**
 * The lengths a prompt is padded to. A GPU backend keeps textures and programs for every shape it has seen, so a few
 * sizes keep its memory flat; the causal mask keeps what is added at the end from reaching any real position.
 */
const PADDED_LENGTHS = [8, 16, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024];

/** The smallest of a few lengths that holds T positions, at most n_ctx. */
export function paddedLength(T: number, n_ctx: number): number {
  return Math.min(PADDED_LENGTHS.find((length) => length >= T) ?? n_ctx, n_ctx);
}

/** The first T rows of a row-major [padded, width] array; a copy, because a backend may hand out its own memory. */
export function cropRows(values: Float32Array, T: number, width: number): Float32Array {
  return values.slice(0, T * width);
}

/** [n, padded, padded] → [n, T, T], a copy. */
export function cropSquares(values: Float32Array, n: number, padded: number, T: number): Float32Array {
  if (padded === T) return values.slice(0, n * T * T);
  const out = new Float32Array(n * T * T);
  for (let square = 0; square < n; square++) {
    for (let row = 0; row < T; row++) {
      const from = (square * padded + row) * padded;
      out.set(values.subarray(from, from + T), (square * T + row) * T);
    }
  }
  return out;
}

/** Writes -Infinity over every key after its query, in place; squares is [n, T, T]. */
export function maskInfinite(squares: Float32Array, n: number, T: number): Float32Array {
  for (let square = 0; square < n; square++) {
    for (let query = 0; query < T; query++) {
      const row = (square * T + query) * T;
      squares.fill(-Infinity, row + query + 1, row + T);
    }
  }
  return squares;
}
