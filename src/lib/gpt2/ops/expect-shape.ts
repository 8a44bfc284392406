import { ShapeError, mustBe } from '../errors.ts';

/**
 * Checks a tensor's shape at an exported border; `null` stands for any size.
 *
 * Throws: ShapeError that names both shapes and says what to pass instead.
 */
export function expectShape(
  where: string,
  tensor: { shape: readonly number[] },
  expected: readonly (number | null)[],
  advice: string
): void {
  const fits =
    tensor.shape.length === expected.length &&
    expected.every((size, axis) => size === null || size === tensor.shape[axis]);
  if (fits) return;
  const wanted = `[${expected.map((size) => size ?? 'any').join(', ')}]`;
  throw new ShapeError(mustBe(where, wanted, `[${tensor.shape.join(', ')}]`, advice));
}
