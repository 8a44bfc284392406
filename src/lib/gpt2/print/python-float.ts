const SMALLEST_PLAIN_EXPONENT = -4; // Python writes smaller numbers with an exponent

/** A number as Python's repr writes a float: 1.0, 0.1, 1e-05. */
export function pythonFloat(value: number): string {
  if (Number.isInteger(value)) return `${value}.0`;
  if (Math.abs(value) >= 10 ** SMALLEST_PLAIN_EXPONENT) return String(value);
  const [digits, exponent] = value.toExponential().split('e-');
  return `${digits}e-${exponent.padStart(2, '0')}`;
}
