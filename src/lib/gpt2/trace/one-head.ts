import { InputError, mustBe } from '../errors.ts';
import { headAxis, type ActivationName } from './activations.ts';
import { expectIndex } from './expect-index.ts';
import type { Activation } from './parts.ts';

/**
 * Cuts one head out of a whole activation.
 *
 * Shapes: [n_head, T, T] → [T, T]; [T, n_head, width] → [T, width].
 * Throws: InputError if the activation is not split by head, or has no such head.
 */
export function oneHead(
  { shape, data, fullName }: Activation,
  name: ActivationName,
  head: number,
  n_head: number
): Activation {
  const axis = headAxis(name);
  if (axis === null) {
    throw new InputError(mustBe(`read: head of ${name}`, 'left out', head, `${name} is not split by head.`));
  }
  expectIndex(`read: head of ${name}`, head, n_head);
  const own = shape.filter((_, i) => i !== axis);
  const size = data.length / n_head;
  if (axis === 0) return { fullName, shape: own, data: data.slice(head * size, (head + 1) * size) };
  const [T, width] = own;
  const out = new Float32Array(size);
  for (let t = 0; t < T; t++) {
    const from = (t * n_head + head) * width;
    out.set(data.subarray(from, from + width), t * width);
  }
  return { fullName, shape: own, data: out };
}
