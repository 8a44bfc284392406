import { valueNorms, type ValueNorms } from '../explain/value-norms.ts';
import type { Pass } from '../model/pass.ts';
import { blockSize, mapHeads, MOST_MAP_CELLS, unpackMaps, type HeadMaps } from '../numbers/attention-maps.ts';
import { lookAtOnce, lookAtRows } from '../ops/look-at.ts';
import type { TraceBlocks } from './blocks.ts';
import { expectIndex } from './expect-index.ts';

/** What there is to see of a run's heads without reading their arrays whole. */
export class TraceHeads {
  readonly #pass: Pass;
  readonly #blocks: TraceBlocks;

  constructor(pass: Pass, blocks: TraceBlocks) {
    this.#pass = pass;
    this.#blocks = blocks;
  }

  /** As `Trace.valueNorms` gives them. */
  async valueNorms(layer: number, head: number): Promise<ValueNorms> {
    const { ids, model } = this.#pass;
    expectIndex('valueNorms: layer', layer, model.config.n_layer);
    expectIndex('valueNorms: head', head, model.config.n_head);
    const { v, out } = await valueNorms(this.#blocks.get(layer), model.weights.h[layer].attn.c_proj, head);
    const T = ids.length; // the block may be padded
    return { v: v.slice(0, T), out: out.slice(0, T) };
  }

  /** As `Trace.headMaps` gives them. */
  async maps(layer: number, signal?: AbortSignal): Promise<HeadMaps> {
    const { ids, paddedIds, model } = this.#pass;
    const { n_layer, n_head } = model.config;
    expectIndex('headMaps: layer', layer, n_layer);
    const T = ids.length;
    const block = blockSize(T, MOST_MAP_CELLS);
    const maps = this.#blocks.maps(layer, block);
    if (maps) return lookAtOnce(maps, (packed) => unpackMaps(packed, n_head, T, block));
    const pattern = this.#blocks.pattern(layer);
    try {
      return await mapHeads(n_head, T, paddedIds.length, MOST_MAP_CELLS, (head, use) => {
        signal?.throwIfAborted();
        return lookAtRows(pattern, head, 1, use);
      });
    } finally {
      pattern.dispose();
    }
  }
}
