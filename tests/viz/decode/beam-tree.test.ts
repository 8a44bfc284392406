import { describe, expect, it } from 'vitest';
import { beamLines, bestNode } from '../../../src/lib/viz/decode/beams/rows';
import { layoutBeamTree, NODE, pathTo } from '../../../src/lib/viz/decode/beams/tree';
import { sequences, steps } from './beam-steps';

describe('layoutBeamTree(steps, last, best)', () => {
  const { nodes, links, root, width, height } = layoutBeamTree(steps, 1, new Set([2, 6]));

  it('shows the candidates that the search looked at, a column a step', () => {
    expect(nodes.map(({ node, depth }) => [node, depth])).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [5, 2],
      [6, 2],
      [7, 2]
    ]);
  });

  it('fades a kept beam whose every continuation was pruned', () => {
    expect(nodes.filter(({ fate }) => fate === 'alive').map(({ node }) => node)).toEqual([2, 6, 7]);
    const before = layoutBeamTree(steps, 0, new Set());
    expect(before.nodes.filter(({ fate }) => fate === 'alive').map(({ node }) => node)).toEqual([1, 2]);
  });

  it('marks the best path on nodes and branches', () => {
    expect(nodes.filter(({ best }) => best).map(({ node }) => node)).toEqual([2, 6]);
    expect(links.filter(({ best }) => best).map(({ node }) => node)).toEqual([2, 6]);
  });

  it('puts a parent in the middle of its children, and draws each branch from one to the other', () => {
    const place = new Map(nodes.map((node) => [node.node, node]));
    expect(place.get(2)!.y).toBe((place.get(6)!.y + place.get(7)!.y) / 2);
    const { x, y } = place.get(6)!;
    const [left, middle] = [x - NODE.gapX, x - NODE.gapX / 2];
    const from = place.get(2)!.y;
    expect(links.find(({ node }) => node === 6)!.path).toBe(
      `M${left},${from}C${middle},${from},${middle},${y},${x},${y}`
    );
  });

  it('never crosses two branches: a column stands in the order of its parents', () => {
    const y = new Map(nodes.map((node) => [node.node, node.y]));
    for (const one of nodes) {
      for (const other of nodes.filter(({ depth }) => depth === one.depth)) {
        const [a, b] = [y.get(one.parent) ?? 0, y.get(other.parent) ?? 0];
        if (a < b) expect(one.y).toBeLessThan(other.y);
      }
    }
  });

  it('keeps every node inside, none upon another', () => {
    expect(root.y).toBe((nodes[0].y + nodes[2].y) / 2); // in the middle of its children
    expect([root.y - NODE.height / 2, height - root.y - NODE.height / 2].every((room) => room >= 0)).toBe(
      true
    );
    for (const { x, y } of nodes) {
      expect(x + NODE.width).toBeLessThanOrEqual(width);
      expect(y - NODE.height / 2).toBeGreaterThanOrEqual(0);
      expect(y + NODE.height / 2).toBeLessThanOrEqual(height);
    }
    const column = nodes.filter(({ depth }) => depth === 1).map(({ y }) => y);
    for (let i = 1; i < column.length; i++) expect(column[i] - column[i - 1]).toBeGreaterThan(NODE.height);
  });

  it('leaves later steps out, and draws the prompt alone before the first', () => {
    expect(layoutBeamTree(steps, 0, new Set()).nodes).toHaveLength(3);
    expect(layoutBeamTree([], -1, new Set())).toMatchObject({
      nodes: [],
      links: [],
      root: { y: NODE.height / 2 + 4 }
    });
  });
});

describe('pathTo(steps, node)', () => {
  it('names the nodes after the prompt', () => {
    expect(pathTo(steps, 7)).toEqual([2, 7]);
    expect(pathTo(steps, 0)).toEqual([]);
  });
});

describe('bestNode(steps, last, sequences)', () => {
  it('is the winner at the end, the first beam before, and none without a step', () => {
    expect(bestNode(steps, 1, sequences)).toBe(6);
    expect(bestNode(steps, 0, sequences)).toBe(1);
    expect(bestNode([], -1, null)).toBeNull();
  });
});

describe('beamLines(steps, last, sequences, promptLength, length_penalty)', () => {
  it('lists the beams of a step with their score so far', () => {
    expect(beamLines(steps, 0, null, 1, 1)).toEqual([
      { node: 1, ids: [0], cumulative: -1, score: -1, state: 'going' },
      { node: 2, ids: [1], cumulative: -1.5, score: -1.5, state: 'going' }
    ]);
    expect(beamLines(steps, 1, null, 1, 1)[0].score).toBe(-1);
  });

  it('lists what was returned at the end, the winner first', () => {
    expect(beamLines(steps, 1, sequences, 1, 1)).toEqual([
      { node: 6, ids: [1, 0], cumulative: -2, score: -1, state: 'winner' },
      { node: 7, ids: [1, 3], cumulative: -2.5, score: -1.25, state: 'returned' }
    ]);
  });
});
