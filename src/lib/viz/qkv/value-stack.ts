/** z as a stack: one row weight · v for each key that matters, their sum at the foot. */
import { headVector, type HeadActivations, type Look, type SoftmaxTerm } from './story.ts';

/** One layer of the stack. */
export interface ValueRow {
  /** Keys summed in this row: one, or all those too light for a row of their own. */
  keys: number[];
  /** Their weights together; a probability. */
  weight: number;
  /** Σ weight · v over the keys, [d_head]. */
  values: Float64Array;
}

export interface ValueStack {
  /** Single keys from the heaviest down, then, if any are left, one row for the rest. */
  rows: ValueRow[];
  /** Σ over the rows, float64, [d_head]. */
  total: Float64Array;
  /** Largest |total − the model's z|. */
  difference: number;
}

function weigh(keys: number[], terms: SoftmaxTerm[], activations: HeadActivations, head: number): ValueRow {
  const { v, n_head, d_head } = activations;
  const values = new Float64Array(d_head);
  let weight = 0;
  for (const key of keys) {
    const own = terms[key].weight;
    weight += own;
    headVector(v, key, head, n_head, d_head).forEach((value, i) => (values[i] += own * value));
  }
  return { keys, weight, values };
}

/**
 * Stacks the weighted values of one query.
 *
 * Shapes: activations as in HeadActivations; terms: one for each key 0..query, in order.
 * Units:  those of v; weights are probabilities.
 * `most`: keys with a row of their own; the chosen key always has one.
 */
export function valueStack(
  activations: HeadActivations,
  terms: SoftmaxTerm[],
  look: Look,
  most: number
): ValueStack {
  const byWeight = terms.map(({ key }) => key).sort((a, b) => terms[b].weight - terms[a].weight || a - b);
  const heavy = byWeight.slice(0, most);
  if (!heavy.includes(look.key)) heavy[heavy.length - 1] = look.key;
  const rest = byWeight.filter((key) => !heavy.includes(key));
  const groups = heavy.map((key) => [key]);
  if (rest.length > 0) groups.push(rest);
  const rows = groups.map((keys) => weigh(keys, terms, activations, look.head));
  const total = new Float64Array(activations.d_head);
  for (const row of rows) row.values.forEach((value, i) => (total[i] += value));
  const z = headVector(activations.z, look.query, look.head, activations.n_head, activations.d_head);
  const difference = total.reduce((largest, value, i) => Math.max(largest, Math.abs(value - z[i])), 0);
  return { rows, total, difference };
}
