import { linkHorizontal, stratify, tree, type HierarchyNode } from 'd3';
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

/** A candidate in the tree; the prompt is its root. */
interface Entry {
  readonly node: number;
  readonly candidate: BeamCandidate | null;
}

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
  const root = tree<Entry>()
    .nodeSize([ROW, COLUMN])
    .separation(() => 1)(hierarchyOf(shown));
  const alive = aliveNodes(root, shown.at(-1));
  const rows = root.descendants().map(({ x }) => x);
  const top = Math.min(...rows) - ROW / 2;
  const nodes: TreeNode[] = [];
  const links: TreeLink[] = [];
  for (const { data, depth, x: row, parent } of root.descendants()) {
    if (!data.candidate || !parent) continue;
    const fate = alive.has(data.node) ? 'alive' : 'pruned';
    const isBest = best.has(data.node);
    const x = NODE.rootWidth + NODE.gapX + (depth - 1) * COLUMN;
    const y = row - top;
    nodes.push({ ...data.candidate, depth, fate, best: isBest, x, y });
    const path = branch({ source: [x - NODE.gapX, parent.x - top], target: [x, y] })!;
    links.push({ node: data.node, fate, best: isBest, path });
  }
  return {
    nodes,
    links,
    root: { x: NODE.rootWidth, y: root.x - top },
    width: NODE.rootWidth + shown.length * COLUMN,
    height: Math.max(...rows) + ROW / 2 - top
  };
}

const branch = linkHorizontal();

/** The candidates that the search looked at, under their parents, each parent's in the order of their places. */
function hierarchyOf(steps: readonly ShownBeamStep[]): HierarchyNode<Entry> {
  const candidates = steps.flatMap(({ candidates: all }) =>
    all.filter(({ place }) => place !== null).sort((a, b) => a.place! - b.place!)
  );
  const entries = candidates.map((candidate) => ({ node: candidate.node, candidate }));
  return stratify<Entry>()
    .id(({ node }) => String(node))
    .parentId(({ candidate }) => candidate && String(candidate.parent))([
    { node: ROOT, candidate: null },
    ...entries
  ]);
}

/** Nodes from which a beam or a finished sequence can still be reached. */
function aliveNodes(root: HierarchyNode<Entry>, last: ShownBeamStep | undefined): Set<number> {
  const ends = new Set([...(last?.kept ?? []), ...(last?.finished ?? [])].map(({ node }) => node));
  const reached = root.descendants().filter(({ data }) => ends.has(data.node));
  return new Set(reached.flatMap((end) => end.ancestors().map(({ data }) => data.node)));
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
