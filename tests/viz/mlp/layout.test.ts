import { scaleLinear } from 'd3';
import { describe, expect, it } from 'vitest';
import { curvePath, geluDomain, neuronAt } from '../../../src/lib/viz/mlp/layout';

const domain = { pre: [-4, 4] as [number, number], post: [-1, 3] as [number, number] };
const axes = { x: scaleLinear(domain.pre, [10, 90]), y: scaleLinear(domain.post, [100, 0]) };

describe('geluDomain(pre, post)', () => {
  it('always holds the bend of the curve', () => {
    const { pre, post } = geluDomain([0.1], [0.05]);
    expect(pre).toEqual([-3, 3]);
    expect(post[1]).toBe(3);
    expect(post[0]).toBeLessThan(-0.17);
  });

  it('reaches every neuron, at round numbers', () => {
    const { pre, post } = geluDomain([-7.3, 11.2, NaN], [0, 11.2, NaN]);
    expect(pre).toEqual([-8, 12]);
    expect(post[1]).toBe(12);
  });
});

describe('curvePath(axes, domain, curve, points)', () => {
  it('draws straight pieces from one end of the axis to the other', () => {
    expect(curvePath(axes, domain, () => 0, 2)).toBe('M10.00,75.00L50.00,75.00L90.00,75.00');
  });
});

describe('neuronAt(point, neurons, axes, reach)', () => {
  const neurons = { pre: [0, 4], post: [0, 3] };

  it('finds the nearest within reach', () => {
    expect(neuronAt({ x: 52, y: 74 }, neurons, axes, 8)).toBe(0);
    expect(neuronAt({ x: 88, y: 3 }, neurons, axes, 8)).toBe(1);
  });

  it('finds none where there is none', () => {
    expect(neuronAt({ x: 20, y: 20 }, neurons, axes, 8)).toBeNull();
  });
});
