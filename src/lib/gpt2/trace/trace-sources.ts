import { scaledParts, sourceParts, type SourceParts } from '../explain/source-parts.ts';
import type { Pass } from '../model/pass.ts';
import type { TraceBlocks } from './blocks.ts';
import { expectIndex } from './expect-index.ts';
import type { TraceActivations } from './trace-activations.ts';

/** What attention adds in a run's blocks, by the position that it was read from. */
export class TraceSources {
  readonly #pass: Pass;
  readonly #blocks: TraceBlocks;
  readonly #activations: TraceActivations;

  constructor(pass: Pass, blocks: TraceBlocks, activations: TraceActivations) {
    this.#pass = pass;
    this.#blocks = blocks;
    this.#activations = activations;
  }

  /** Of several positions, as `Trace.sourcePartsOf` gives them. */
  async partsOf(layer: number, positions: readonly number[]): Promise<SourceParts[]> {
    const { edits, ids, model } = this.#pass;
    expectIndex('sourceParts: layer', layer, model.config.n_layer);
    for (const position of positions) expectIndex('sourceParts: position', position, ids.length);
    const { c_proj } = model.weights.h[layer].attn;
    if (!edits) return sourceParts(this.#blocks.get(layer), c_proj, positions);
    const results = ['z', 'result'].some((name) => edits.touches(name, layer))
      ? await this.#resultsAt(layer, positions)
      : null;
    const made = await sourceParts(this.#blocks.get(layer), c_proj, positions, results);
    return Promise.all(made.map((parts, at) => this.#editedParts(parts, layer, positions[at])));
  }

  /** Parts of a position of a run that was edited, with what comes from no source as their bias. */
  async #editedParts(made: SourceParts, layer: number, position: number): Promise<SourceParts> {
    const parts = this.#pass.edits?.touches('attn_out', layer)
      ? scaledParts(made, await this.#activations.row('attn_out', layer, position))
      : made;
    return { ...parts, bias: await this.#addedBeside(parts.written, layer, position) };
  }

  /** What each head adds at each of some positions, [n_head, n_embd] each, after the run's edits. */
  async #resultsAt(layer: number, positions: readonly number[]): Promise<Float32Array[]> {
    const { data, shape } = await this.#activations.read('result', layer);
    const size = shape[1] * shape[2];
    return positions.map((position) => data.slice(position * size, (position + 1) * size));
  }

  /** What attention and edits add to a position's stream beside what is written from sources, [n_embd]. */
  async #addedBeside(written: Float32Array, layer: number, position: number): Promise<Float32Array> {
    const before = await this.#activations.row('resid_pre', layer, position);
    const beside = await this.#activations.row('resid_mid', layer, position);
    for (let i = 0; i < beside.length; i++) beside[i] -= before[i];
    for (let i = 0; i < written.length; i++) beside[i % beside.length] -= written[i];
    return beside;
  }
}
