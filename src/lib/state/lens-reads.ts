import type { LensRow, RunSource } from '$lib/engine';
import { joinLens } from './lens-window';
import type { Read, ReadCache } from './read-cache';

/** Entries in each list of best tokens that the lens gives. */
const LENS_TOP = 10;

/** Which rows of the lens are read, and how. */
export interface LensChoice {
  /** Token whose ranks are wanted. */
  readonly track: number | null;
  /** Also the rows after a block's attention. */
  readonly inside: boolean;
  /** false: without the last LayerNorm. */
  readonly ln_f: boolean;
}

/** The logit lens of one run, read in chunks of positions. */
export class LensReads {
  readonly #engine: RunSource;
  readonly #trace: number;
  readonly #cache: ReadCache;

  constructor(engine: RunSource, trace: number, cache: ReadCache) {
    this.#engine = engine;
    this.#trace = trace;
    this.#cache = cache;
  }

  /**
   * Its rows, each of what has arrived of the chunks.
   *
   * @param starts the first positions of the chunks
   */
  rows(
    { track, inside, ln_f }: LensChoice,
    n_layer: number,
    T: number,
    starts: readonly number[]
  ): (LensRow | undefined)[] {
    const perBlock = inside ? 2 : 1;
    const depths = Array.from({ length: perBlock * n_layer + 1 }, (_, i) => i / perBlock);
    const parts = depths.map(() => [] as { start: number; row: LensRow }[]);
    for (const start of starts) {
      depths.forEach((depth, i) => {
        const row = this.#chunk(depth, track, start, ln_f);
        if (row) parts[i].push({ start, row });
      });
    }
    return parts.map((part) => joinLens(T, part));
  }

  /** One chunk of a row; slow, so a new run does not wait for it. */
  #chunk(depth: number, track: number | null, start: number, ln_f: boolean): LensRow | undefined {
    const plain = this.#read(depth, null, start, ln_f);
    if (track === null) return this.#cache.get(plain);
    return this.#cache.get(this.#read(depth, track, start, ln_f)) ?? this.#cache.peek(plain);
  }

  #read(depth: number, track: number | null, start: number, ln_f: boolean): Read<LensRow> {
    const request = { trace: this.#trace, depth, top: LENS_TOP, track, start, ln_f };
    return {
      key: `lens/${depth}/${track ?? ''}/${start}${ln_f ? '' : '/without ln_f'}`,
      load: (signal) => this.#engine.lens(request, signal)
    };
  }
}
