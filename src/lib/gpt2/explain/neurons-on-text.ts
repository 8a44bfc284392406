import { ShapeError, mustBe } from '../errors.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import type { Trace } from '../trace/trace.ts';
import { countRows, type TextIds, type TextOptions, type TextStep } from './text-rows.ts';

/** Places kept for each neuron. */
const MOST_PLACES = 8;

/** What stands for a row and a position where fewer places have been counted. */
export const NO_PLACE = -1;

/** Where each neuron of one block is most active in a text, by mlp.post. */
export interface NeuronStatistics {
  readonly layer: number;
  /** Places of each neuron. */
  readonly most: number;
  /** The row of the text and the position in it, the most active first. [n_inner, most] each */
  readonly rows: Int32Array;
  readonly positions: Int32Array;
  /** mlp.post there; NaN where there is no place. [n_inner, most] */
  readonly values: Float32Array;
  /** Mean of mlp.post over all positions, and the share of them where it is above 0. [n_inner] each */
  readonly mean: Float64Array;
  readonly positive: Float64Array;
  /** Positions that were counted. */
  readonly count: number;
}

/** Most active places of each neuron of a block, in memory that does not grow with the text. */
export class NeuronCounter {
  readonly #layer: number;
  readonly #n_inner: number;
  readonly #rows: Int32Array;
  readonly #positions: Int32Array;
  readonly #values: Float32Array;
  readonly #sum: Float64Array;
  readonly #above: Float64Array;
  #count = 0;

  constructor(layer: number, n_inner: number) {
    this.#layer = layer;
    this.#n_inner = n_inner;
    const places = n_inner * MOST_PLACES;
    this.#rows = new Int32Array(places).fill(NO_PLACE);
    this.#positions = new Int32Array(places).fill(NO_PLACE);
    this.#values = new Float32Array(places).fill(NaN);
    this.#sum = new Float64Array(n_inner);
    this.#above = new Float64Array(n_inner);
  }

  /**
   * Adds one row's mlp.post, [T, n_inner].
   *
   * Throws: ShapeError if the rows have another width.
   */
  add(row: number, post: Float32Array): void {
    const width = this.#n_inner;
    if (post.length % width !== 0) {
      const advice = 'Pass mlp.post of the block that is counted.';
      throw new ShapeError(mustBe('NeuronCounter: post', `[T, ${width}]`, `${post.length} values`, advice));
    }
    const T = post.length / width;
    for (let position = 0; position < T; position++) {
      for (let neuron = 0; neuron < width; neuron++) {
        const value = post[position * width + neuron];
        this.#sum[neuron] += value;
        if (value > 0) this.#above[neuron]++;
        this.#note(neuron, value, row, position);
      }
    }
    this.#count += T;
  }

  /** What was counted up to now; the arrays are the caller's. */
  result(): NeuronStatistics {
    const share = (sum: number) => (this.#count > 0 ? sum / this.#count : 0);
    return {
      layer: this.#layer,
      most: MOST_PLACES,
      rows: this.#rows.slice(),
      positions: this.#positions.slice(),
      values: this.#values.slice(),
      mean: this.#sum.map(share),
      positive: this.#above.map(share),
      count: this.#count
    };
  }

  /** Puts a place into its neuron's list, of equal ones after those that came before. */
  #note(neuron: number, value: number, row: number, position: number): void {
    if (Number.isNaN(value)) return; // of a broken checkpoint
    const first = neuron * MOST_PLACES;
    const end = first + MOST_PLACES;
    let place = end;
    while (place > first && !(this.#values[place - 1] >= value)) place--; // an empty place is NaN
    if (place === end) return;
    for (const list of [this.#rows, this.#positions, this.#values])
      list.copyWithin(place + 1, place, end - 1);
    this.#rows[place] = row;
    this.#positions[place] = position;
    this.#values[place] = value;
  }
}

/**
 * Where each neuron of a block is most active over the rows of a text; see `countRows`.
 *
 * @param total rows that will come, for the progress
 * Memory: as `countRows`.
 * Throws: as `countRows`; InputError if the layer is not in this model.
 */
export async function* neuronsOnText(
  model: Gpt2Transformer,
  rows: TextIds,
  layer: number,
  total: number,
  options: TextOptions = {}
): AsyncGenerator<TextStep<NeuronStatistics>, NeuronStatistics, void> {
  const counter = new NeuronCounter(layer, model.config.n_inner);
  const add = async (trace: Trace, row: number) =>
    counter.add(row, (await trace.read('mlp.post', layer)).data);
  return yield* countRows(model, rows, { add, result: () => counter.result() }, total, options);
}
