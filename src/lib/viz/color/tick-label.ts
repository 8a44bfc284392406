import { format } from 'd3-format';

const plain = format(',.3~r'); // three significant digits, no trailing zeros, a true minus sign
const grouped = format(',.0f');
const exponential = format('.2~e');
const LARGEST_ROUNDED = 1000; // above it every digit before the point is kept
const SMALLEST_PLAIN = 1e-3;

/** A number short enough to stand under a ramp or an axis: 3 significant digits, "50,257", "−0.25", "1.5e-5". */
export function tickLabel(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= LARGEST_ROUNDED) return grouped(value);
  return size < SMALLEST_PLAIN ? exponential(value) : plain(value);
}
