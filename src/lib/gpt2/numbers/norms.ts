/**
 * Length (L2 norm) of each row.
 *
 * Shapes: values [rows, width] row-major → [rows].
 */
export function rowNorms(values: Float32Array, width: number): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let i = row * width; i < (row + 1) * width; i++) sum += values[i] * values[i];
    out[row] = Math.sqrt(sum);
  }
  return out;
}
