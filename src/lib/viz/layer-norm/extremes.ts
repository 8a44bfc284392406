/** The components that a vector treats most unlike the others. */

/** A component of a vector and its value. */
export interface Component {
  index: number;
  value: number;
}

/** The `count` components with the largest measure, ties by index; NaN comes last. */
function topBy(values: ArrayLike<number>, count: number, measure: (value: number) => number): Component[] {
  const rank = ({ value }: Component) => (Number.isNaN(value) ? -Infinity : measure(value));
  return Array.from(values, (value, index) => ({ index, value }))
    .sort((a, b) => rank(b) - rank(a) || a.index - b.index)
    .slice(0, count);
}

/** The largest |value| first: what weight amplifies, or what bias shifts, most. */
export function largest(values: ArrayLike<number>, count: number): Component[] {
  return topBy(values, count, Math.abs);
}

/** The smallest |value| first: what weight suppresses most. */
export function smallest(values: ArrayLike<number>, count: number): Component[] {
  return topBy(values, count, (value) => -Math.abs(value));
}
