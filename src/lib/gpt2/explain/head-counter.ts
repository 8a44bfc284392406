import { ShapeError, mustBe } from '../errors.ts';
import { PairCounter, type TokenPair } from './pair-counter.ts';

/** Means of attention probabilities, [n_layer][n_head] each; every score is from 0 to 1. */
export interface HeadScores {
  /** On the token before: mean of A[i + 1, i]. */
  readonly previous: number[][];
  /** On an earlier occurrence of the same token. */
  readonly duplicate: number[][];
  /** On the token after an earlier occurrence of the same token. */
  readonly induction: number[][];
  /** On the first position: mean of A[i, 0]. */
  readonly first: number[][];
  /** On the query's own position: mean of A[i, i]. */
  readonly self: number[][];
}

/** A place where a head puts much on one key. */
export interface FiringRow {
  /** Which row of the text. */
  readonly row: number;
  readonly query: number;
  readonly key: number;
  /** The probability. */
  readonly weight: number;
}

/** What heads do over a prompt or a text; [n_layer][n_head] each. */
export interface HeadStatistics {
  /** Means; duplicate and induction over the queries whose token came before in their row, 0 where there are none. */
  readonly scores: HeadScores;
  /** Mean entropy of a query's row. nats */
  readonly entropy: number[][];
  /** Mean probability by distance from query to key; a query has only the distances up to its position. [length] */
  readonly distances: Float64Array[][];
  /** Strongest keys after position 0, one a query, summed by tokens; the largest first. */
  readonly pairs: TokenPair[][][];
  /** The largest first. */
  readonly rows: FiringRow[][][];
  /** Queries that were counted, and those whose token came before in their row. */
  readonly queries: number;
  readonly repeated: number;
}

const SHOWN_PAIRS = 12;
const SHOWN_ROWS = 8;

/** A row of tokens, and for each query the keys that hold the same token, or come after one that does. */
export interface TextRow {
  readonly row: number;
  readonly ids: readonly number[];
  readonly earlier: readonly (readonly number[])[];
}

interface HeadSums {
  previous: number;
  duplicate: number;
  induction: number;
  first: number;
  self: number;
  entropy: number;
  readonly distances: Float64Array;
  readonly pairs: PairCounter;
  rows: FiringRow[];
}

/** Sums over patterns, in memory that does not grow with their number. */
export class HeadCounter {
  readonly #heads: HeadSums[][];
  readonly #length: number;
  /** Queries at each position or after it. */
  readonly #reach: Float64Array;
  #queries = 0;
  #previous = 0;
  #repeated = 0;

  /** @param length tokens of the longest row */
  constructor(n_layer: number, n_head: number, length: number) {
    this.#length = length;
    this.#reach = new Float64Array(length);
    this.#heads = Array.from({ length: n_layer }, () =>
      Array.from({ length: n_head }, () => emptySums(length))
    );
  }

  /** Throws: ShapeError if the row is longer than the counter was made for. */
  startRow(row: number, ids: readonly number[]): TextRow {
    const T = ids.length;
    if (T > this.#length)
      throw new ShapeError(
        mustBe('HeadCounter: row', `at most ${this.#length} tokens`, T, 'Cut the text into rows.')
      );
    const seen = new Map<number, number[]>();
    const earlier = ids.map((id, at) => {
      const before = [...(seen.get(id) ?? [])];
      seen.set(id, [...before, at]);
      return before;
    });
    this.#queries += T;
    this.#previous += T - 1;
    this.#repeated += earlier.filter((keys) => keys.length > 0).length;
    for (let distance = 0; distance < T; distance++) this.#reach[distance] += T - distance;
    return { row, ids, earlier };
  }

  /** Adds the patterns of one block, [n_head, T, T]. */
  add(text: TextRow, layer: number, pattern: Float32Array): void {
    const T = text.ids.length;
    this.#heads[layer].forEach((sums, head) =>
      addPattern(sums, text, pattern.subarray(head * T * T, (head + 1) * T * T))
    );
  }

  /** What was counted up to now. */
  result(): HeadStatistics {
    const each = <T>(of: (sums: HeadSums) => T): T[][] => this.#heads.map((heads) => heads.map(of));
    const share = (sum: number, count: number) => (count > 0 ? sum / count : 0);
    return {
      scores: {
        previous: each(({ previous }) => share(previous, this.#previous)),
        duplicate: each(({ duplicate }) => share(duplicate, this.#repeated)),
        induction: each(({ induction }) => share(induction, this.#repeated)),
        first: each(({ first }) => share(first, this.#queries)),
        self: each(({ self }) => share(self, this.#queries))
      },
      entropy: each(({ entropy }) => share(entropy, this.#queries)),
      distances: each(({ distances }) => distances.map((sum, distance) => share(sum, this.#reach[distance]))),
      pairs: each(({ pairs }) => heaviest(pairs.list(), SHOWN_PAIRS)),
      rows: each(({ rows }) => heaviest(rows, SHOWN_ROWS)),
      queries: this.#queries,
      repeated: this.#repeated
    };
  }
}

function emptySums(length: number): HeadSums {
  const zero = { previous: 0, duplicate: 0, induction: 0, first: 0, self: 0, entropy: 0 };
  return { ...zero, distances: new Float64Array(length), pairs: new PairCounter(), rows: [] };
}

const heaviest = <T extends { weight: number }>(list: readonly T[], most: number): T[] =>
  list.toSorted((a, b) => b.weight - a.weight).slice(0, most);

function addPattern(sums: HeadSums, text: TextRow, pattern: Float32Array): void {
  const T = text.ids.length;
  for (let query = 0; query < T; query++) {
    const weights = pattern.subarray(query * T, query * T + query + 1);
    sums.first += weights[0];
    sums.self += weights[query];
    if (query > 0) sums.previous += weights[query - 1];
    for (const key of text.earlier[query]) {
      sums.duplicate += weights[key];
      sums.induction += weights[key + 1];
    }
    addEveryKey(sums, weights);
    if (query > 0) note(sums, text, query, strongestKey(weights), weights);
  }
}

/** Every key of a query, for the entropy and the distances: a million a row of GPT-2 small's, so in locals. */
function addEveryKey(sums: HeadSums, weights: Float32Array): void {
  const { distances } = sums;
  const query = weights.length - 1;
  let { entropy } = sums;
  for (let key = 0; key <= query; key++) {
    const weight = weights[key];
    distances[query - key] += weight;
    if (weight > 0) entropy -= weight * Math.log(weight);
  }
  sums.entropy = entropy;
}

/** The first of the largest after position 0. */
function strongestKey(weights: Float32Array): number {
  let best = 1;
  for (let key = 2; key < weights.length; key++) if (weights[key] > weights[best]) best = key;
  return best;
}

/** Remembers a query's strongest key, among the pairs and the rows. */
function note(
  sums: HeadSums,
  { row, ids }: TextRow,
  query: number,
  key: number,
  weights: Float32Array
): void {
  const weight = weights[key];
  sums.pairs.add(ids[query], ids[key], weight);
  if (sums.rows.length >= SHOWN_ROWS && weight <= sums.rows[sums.rows.length - 1].weight) return;
  sums.rows = heaviest([...sums.rows, { row, query, key, weight }], SHOWN_ROWS);
}
