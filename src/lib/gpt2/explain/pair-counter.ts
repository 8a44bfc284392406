/** A query and a key token, and how much a head has put on the pair. */
export interface TokenPair {
  readonly query: number;
  readonly key: number;
  /** Sum of the probabilities, an upper bound: rare pairs share their places. */
  readonly weight: number;
  readonly count: number;
}

const PLACES = 128;
/** Above any id, and its square is a whole number that a double holds. */
const IDS = 2 ** 26;

/**
 * The pairs of tokens with the largest sums, in memory that does not grow: a new pair takes the place of the lightest, and
 * its weight, so that none is underestimated.
 *
 * Source: Metwally et al. (2005), "space saving".
 */
export class PairCounter {
  readonly #places = new Map<number, number>();
  readonly #pairs = new Float64Array(PLACES);
  readonly #weights = new Float64Array(PLACES);
  readonly #counts = new Float64Array(PLACES);

  add(query: number, key: number, weight: number): void {
    const pair = query * IDS + key;
    const place = this.#places.get(pair) ?? this.#placeFor(pair);
    this.#weights[place] += weight;
    this.#counts[place]++;
  }

  /** All that have a place, in no order. */
  list(): TokenPair[] {
    return Array.from(this.#places.values(), (place) => ({
      query: Math.floor(this.#pairs[place] / IDS),
      key: this.#pairs[place] % IDS,
      weight: this.#weights[place],
      count: this.#counts[place]
    }));
  }

  #placeFor(pair: number): number {
    const isFull = this.#places.size === PLACES;
    const place = isFull ? this.#lightest() : this.#places.size;
    if (isFull) this.#places.delete(this.#pairs[place]);
    this.#places.set(pair, place);
    this.#pairs[place] = pair;
    this.#counts[place] = 0;
    return place;
  }

  #lightest(): number {
    const weights = this.#weights;
    let lightest = 0;
    for (let place = 1; place < PLACES; place++) if (weights[place] < weights[lightest]) lightest = place;
    return lightest;
  }
}
