/**
 * Decimal text of a number as Python writes it. JavaScript's `toFixed` and `toExponential` round an exact tie away
 * from zero, Python rounds it to the even digit (0.03125 is 0.0312), keeps the sign of -0, and gives an exponent two
 * digits.
 *
 * Source: CPython, PyOS_double_to_string (correctly rounded, half to even).
 */

/** Enough digits to tell an exact tie from its neighbours; JavaScript gives them exactly. */
const EXACT_DIGITS = 60;

/** `'{:.<digits>f}'.format(value)`, for |value| below 1e21. */
export function pythonFixed(value: number, digits: number): string {
  return signed(value, (size) => halfEven((d) => size.toFixed(d), digits));
}

/** `'{:.<digits>e}'.format(value)`. */
export function pythonExponent(value: number, digits: number): string {
  return signed(value, (size) => {
    const mantissa = halfEven((d) => size.toExponential(d).split('e')[0], digits);
    const power = Number(size.toExponential(digits).split('e')[1]);
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  });
}

/** Writes the size of a finite number after its sign; nan, inf and -inf as Python spells them. */
function signed(value: number, write: (size: number) => string): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return Number.isFinite(value) ? sign + write(Math.abs(value)) : `${sign}inf`;
}

/** The text with `digits` decimals; where the digits cut off are exactly a half, the one that ends in an even digit. */
function halfEven(write: (digits: number) => string, digits: number): string {
  const rounded = write(digits);
  const exact = write(EXACT_DIGITS);
  const point = exact.indexOf('.');
  const isTie = /^50*$/.test(exact.slice(point + 1 + digits));
  if (!isTie) return rounded;
  const down = exact.slice(0, digits === 0 ? point : point + 1 + digits);
  return Number(down.at(-1)) % 2 === 0 ? down : rounded;
}
