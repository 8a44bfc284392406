import type { BeamCandidate } from '$lib/gpt2';
import { ROOT, type ShownBeamStep } from './types';

/** alive: on the way to a beam or a finished sequence. pruned: not, or no longer. */
export type Fate = 'alive' | 'pruned';

/** A candidate with its place in the picture, px. */
export interface TreeNode extends BeamCandidate {
  /** Tokens after the prompt, from 1. */
  readonly depth: number;
  readonly fate: Fate;
  /** On the best sequence up to the step looked at. */
  readonly best: boolean;
  /** Left edge and middle. */
  readonly x: number;
  readonly y: number;
}

export interface TreeLink {
  readonly node: number;
  readonly fate: Fate;
  readonly best: boolean;
  /** SVG path. */
  readonly path: string;
}

export interface TreeLayout {
  readonly nodes: readonly TreeNode[];
  readonly links: readonly TreeLink[];
  /** Middle of the prompt's node. */
  readonly root: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
}

/** Px: a node's size and the room between. */
export const NODE = { width: 132, height: 38, gapX: 28, gapY: 8, rootWidth: 60 };
const COLUMN = NODE.width + NODE.gapX;
const ROW = NODE.height + NODE.gapY;

/**
 * Beam search as a tree: a column a step, in it the candidates that the search looked at, below each other in the
 * order of their parents, so that no two branches cross.
 *
 * @param last the step looked at: later ones are left out
 * @param best the nodes of the best sequence, the root left out or not
 * Units: px.
 */
export function layoutBeamTree(
  steps: readonly ShownBeamStep[],
  last: number,
  best: ReadonlySet<number>
): TreeLayout {
  const shown = steps.slice(0, last + 1);
  const columns = orderColumns(shown);
  const tallest = columns.reduce((most, column) => Math.max(most, column.length), 1);
  const height = tallest * ROW;
  const alive = aliveNodes(shown);
  const y = new Map<number, number>([[ROOT, height / 2]]);
  const nodes: TreeNode[] = [];
  const links: TreeLink[] = [];
  columns.forEach((column, i) => {
    const depth = i + 1;
    const x = NODE.rootWidth + NODE.gapX + i * COLUMN;
    const top = (height - column.length * ROW) / 2;
    column.forEach((candidate, place) => {
      const fate = alive.has(candidate.node) ? 'alive' : 'pruned';
      const at = top + (place + 0.5) * ROW;
      y.set(candidate.node, at);
      nodes.push({ ...candidate, depth, fate, best: best.has(candidate.node), x, y: at });
      const from = y.get(candidate.parent) ?? height / 2;
      const path = branch(x - NODE.gapX, from, x, at);
      links.push({ node: candidate.node, fate, best: best.has(candidate.node), path });
    });
  });
  const width = NODE.rootWidth + columns.length * COLUMN;
  return { nodes, links, root: { x: NODE.rootWidth, y: height / 2 }, width, height };
}

/** The candidates of each step that the search looked at, in the order of their parents, then of their places. */
function orderColumns(steps: readonly ShownBeamStep[]): BeamCandidate[][] {
  let order = new Map<number, number>([[ROOT, 0]]);
  return steps.map(({ candidates }) => {
    const column = candidates
      .filter(({ place }) => place !== null)
      .sort((a, b) => (order.get(a.parent) ?? 0) - (order.get(b.parent) ?? 0) || a.place! - b.place!);
    order = new Map(column.map(({ node }, place) => [node, place]));
    return column;
  });
}

/** Nodes from which a beam or a finished sequence can still be reached. */
function aliveNodes(steps: readonly ShownBeamStep[]): Set<number> {
  const parents = new Map<number, number>();
  for (const { candidates } of steps) for (const { node, parent } of candidates) parents.set(node, parent);
  const alive = new Set<number>();
  const last = steps.at(-1);
  const ends = last ? [...last.kept, ...last.finished].map(({ node }) => node) : [];
  for (const end of ends) {
    for (
      let node: number | undefined = end;
      node !== undefined && !alive.has(node);
      node = parents.get(node)
    ) {
      alive.add(node);
    }
  }
  return alive;
}

/** The nodes from the prompt to one node, the root left out. */
export function pathTo(steps: readonly ShownBeamStep[], node: number): number[] {
  const parents = new Map<number, number>();
  for (const { candidates } of steps) for (const one of candidates) parents.set(one.node, one.parent);
  const path: number[] = [];
  for (let at: number | undefined = node; at !== undefined && at !== ROOT; at = parents.get(at))
    path.unshift(at);
  return path;
}

function branch(x0: number, y0: number, x1: number, y1: number): string {
  const middle = (x0 + x1) / 2;
  return `M${x0} ${y0}C${middle} ${y0} ${middle} ${y1} ${x1} ${y1}`;
}
