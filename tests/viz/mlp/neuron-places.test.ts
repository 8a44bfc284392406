import { describe, expect, it } from 'vitest';
import { NeuronCounter } from '$lib/gpt2';
import { largestNeurons, placesOf } from '$lib/viz/mlp/neuron-places';

const counter = new NeuronCounter(0, 3);
counter.add(0, Float32Array.of(1, 5, NaN, 2, 4, NaN));

describe('placesOf(statistics, neuron)', () => {
  it('lists the places that there are, the largest first', () => {
    expect(placesOf(counter.result(), 0)).toEqual([
      { row: 0, position: 1, value: 2 },
      { row: 0, position: 0, value: 1 }
    ]);
    expect(placesOf(counter.result(), 2)).toEqual([]);
    expect(placesOf(counter.result(), 3)).toEqual([]); // a neuron that the block does not have
  });
});

describe('largestNeurons(statistics, count)', () => {
  it('sorts neurons by what they reach, and leaves those without a place out', () => {
    expect(largestNeurons(counter.result(), 9)).toEqual([
      { neuron: 1, value: 5 },
      { neuron: 0, value: 2 }
    ]);
    expect(largestNeurons(counter.result(), 1)).toHaveLength(1);
  });
});
