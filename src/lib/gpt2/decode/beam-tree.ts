/** The prompt's node. */
export const ROOT = 0;

/** Numbers the nodes of a beam tree, from 1 on, and finds the way to each. */
export class BeamTree {
  readonly #parents: number[] = [-1];

  /** Adds a node; its number. */
  add(parent: number): number {
    return this.#parents.push(parent) - 1;
  }

  /** The nodes from below the root to this one. */
  pathTo(node: number): number[] {
    const path: number[] = [];
    for (let at = node; at !== ROOT; at = this.#parents[at]) path.unshift(at);
    return path;
  }
}
