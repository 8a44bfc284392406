import { NO_PLACE, type NeuronStatistics } from '$lib/gpt2';

/** A place in a text where a neuron is active. */
export interface NeuronPlace {
  readonly row: number;
  readonly position: number;
  /** mlp.post there. */
  readonly value: number;
}

/** A neuron's most active places, the most active first. */
export function placesOf({ most, rows, positions, values }: NeuronStatistics, neuron: number): NeuronPlace[] {
  const first = neuron * most;
  return Array.from({ length: most }, (_, i) => first + i)
    .filter((at) => rows[at] !== undefined && rows[at] !== NO_PLACE)
    .map((at) => ({ row: rows[at], position: positions[at], value: values[at] }));
}

/** The neurons whose most active place is the most active, and what they have there. */
export function largestNeurons(
  { most, values, mean }: NeuronStatistics,
  count: number
): { neuron: number; value: number }[] {
  return Array.from(mean, (_, neuron) => ({ neuron, value: values[neuron * most] }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => b.value - a.value)
    .slice(0, count);
}
