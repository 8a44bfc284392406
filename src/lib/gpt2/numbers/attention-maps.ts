/** Every head of a block as a small map: what an overview needs of attention patterns too large to hand out whole. */

/** Cells along a side of a head's small map. */
export const MOST_MAP_CELLS = 96;

/** The maps of one block's heads. A cell stands for `block` queries by `block` keys and holds the largest of them. */
export interface HeadMaps {
  /** Cells along each side: ⌈T / block⌉. */
  readonly side: number;
  /** Positions that share a cell, in each direction; 1: the pattern itself. */
  readonly block: number;
  /** [n_head, side, side], probabilities. */
  readonly values: Float32Array;
  /** Mean probability on position 0, over the queries for which the three places differ: 2 … T − 1. [n_head] each */
  readonly first: Float32Array;
  /** On the token just before the query. */
  readonly previous: Float32Array;
  /** On the query's own position. */
  readonly self: Float32Array;
}

/** Mean probability that one head's queries give to three places, over the queries for which the three differ. */
export interface HeadFacts {
  /** On position 0, often used as a resting place. */
  readonly first: number;
  /** On the token just before the query. */
  readonly previous: number;
  /** On the query's own position. */
  readonly self: number;
  /** How many queries were averaged: 2 … T − 1. */
  readonly queries: number;
}

// For queries 0 and 1, position 0 is also the query itself or the token before it.
const FIRST_TELLING_QUERY = 2;

/**
 * Averages one head's attention to position 0, to the previous token and to itself.
 *
 * Shapes: pattern [≥ T, stride] row-major, row = query; what is beyond T is not looked at.
 * Units:  probabilities; all 0 when T < 3, with queries = 0.
 */
export function headFacts(pattern: ArrayLike<number>, T: number, stride = T): HeadFacts {
  const queries = Math.max(0, T - FIRST_TELLING_QUERY);
  const total = { first: 0, previous: 0, self: 0 };
  for (let query = FIRST_TELLING_QUERY; query < T; query++) {
    total.first += pattern[query * stride];
    total.previous += pattern[query * stride + query - 1];
    total.self += pattern[query * stride + query];
  }
  const n = Math.max(1, queries);
  return { first: total.first / n, previous: total.previous / n, self: total.self / n, queries };
}

/** How many positions share a cell so that a map of T positions has at most so many cells along a side. */
export function blockSize(T: number, mostCells: number): number {
  return Math.max(1, Math.ceil(T / mostCells));
}

/**
 * Pools a pattern: each cell is the largest probability in its block, so that one strong link is never averaged away.
 * A NaN in a block makes its cell NaN.
 *
 * Shapes: pattern [≥ T, stride] row-major → [side, side], side = ⌈T / block⌉.
 */
export function poolPattern(pattern: ArrayLike<number>, T: number, block: number, stride = T): Float32Array {
  const side = Math.ceil(T / block);
  const pooled = new Float32Array(side * side);
  for (let query = 0; query < T; query++) {
    const row = query * stride;
    let cell = Math.floor(query / block) * side;
    for (let first = 0; first <= query; first += block, cell++) {
      const end = row + Math.min(first + block, query + 1);
      let most = pooled[cell];
      for (let at = row + first; at < end; at++) {
        const value = pattern[at];
        if (value > most || value !== value) most = value; // NaN, which nothing is larger than
      }
      pooled[cell] = most;
    }
  }
  return pooled;
}

/**
 * Pools all heads of a block, one at a time.
 *
 * Shapes: `lookAtHead(head, use)` shows one head's [≥ T, stride] row-major, row = query.
 */
export async function mapHeads(
  n_head: number,
  T: number,
  stride: number,
  mostCells: number,
  lookAtHead: (head: number, use: (pattern: Float32Array) => void) => Promise<void>
): Promise<HeadMaps> {
  const block = blockSize(T, mostCells);
  const side = Math.ceil(T / block);
  const values = new Float32Array(n_head * side * side);
  const [first, previous, self] = [0, 1, 2].map(() => new Float32Array(n_head));
  for (let head = 0; head < n_head; head++) {
    await lookAtHead(head, (pattern) => {
      const facts = headFacts(pattern, T, stride);
      values.set(poolPattern(pattern, T, block, stride), head * side * side);
      first[head] = facts.first;
      previous[head] = facts.previous;
      self[head] = facts.self;
    });
  }
  return { side, block, values, first, previous, self };
}

const FACTS = 3; // first, previous, self

/** Numbers of one head's map as a kernel gives them: its cells, then its three facts. */
export function mapNumbers(T: number, block: number): number {
  return Math.ceil(T / block) ** 2 + FACTS;
}

/**
 * The maps of a block's heads as a kernel gives them.
 *
 * Shapes: packed [n_head, mapNumbers(T, block)] row-major; not kept.
 */
export function unpackMaps(packed: Float32Array, n_head: number, T: number, block: number): HeadMaps {
  const side = Math.ceil(T / block);
  const size = mapNumbers(T, block);
  const values = new Float32Array(n_head * side * side);
  const fact = (index: number) =>
    Float32Array.from({ length: n_head }, (_, head) => packed[(head + 1) * size - FACTS + index]);
  for (let head = 0; head < n_head; head++) {
    values.set(packed.subarray(head * size, (head + 1) * size - FACTS), head * side * side);
  }
  return { side, block, values, first: fact(0), previous: fact(1), self: fact(2) };
}

/** One head's facts out of its block's maps. */
export function factsOf({ first, previous, self }: HeadMaps, head: number, T: number): HeadFacts {
  const queries = Math.max(0, T - FIRST_TELLING_QUERY);
  return { first: first[head], previous: previous[head], self: self[head], queries };
}
