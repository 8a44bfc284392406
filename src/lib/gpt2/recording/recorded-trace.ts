import { mustBe, NeedsWeightsError } from '../errors.ts';
import type { Contributions } from '../explain/contributions.ts';
import type { LensColumn } from '../explain/lens-column.ts';
import type { ValueNorms } from '../explain/value-norms.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { LayerNormName, LayerNormParameters } from '../model/norm-parameters.ts';
import { mapHeads, MOST_MAP_CELLS, type HeadMaps } from '../numbers/attention-maps.ts';
import {
  NONE_NEXT,
  summariseLogits,
  type LogitSummary,
  type SummaryOptions
} from '../numbers/distribution.ts';
import { rowNorms } from '../numbers/norms.ts';
import { activationKind, exportName, type ActivationName } from '../trace/activations.ts';
import { expectIndex } from '../trace/expect-index.ts';
import { LENS_CHUNK, NOT_READ } from '../trace/lens-chunk.ts';
import type { LensRow, LensRowOptions } from '../trace/lens-row.ts';
import { oneHead } from '../trace/one-head.ts';
import type { Activation, AddedNorms } from '../trace/parts.ts';
import { lensTop, type MemberName } from './members.ts';
import { asFloat32, type Recording } from './read.ts';

/**
 * A recorded run, read as a `Trace` is: whatever is in the file, and what follows from it without the weights.
 *
 * Throws: NeedsWeightsError where the file holds no such numbers; InputError for what no run of this model has.
 */
export class RecordedTrace {
  readonly ids: readonly number[];
  /** What there is of the model: no weights. */
  readonly model: { readonly config: Gpt2Config };
  readonly #arrays: Recording['arrays'];

  constructor({ about, config, arrays }: Recording) {
    this.ids = about.tokens.map(({ id }) => id);
    this.model = { config };
    this.#arrays = arrays;
  }

  get n_layer(): number {
    return this.model.config.n_layer;
  }

  /** As `Trace.read`. Memory: the array may be the file's own. */
  async read(name: ActivationName, layer?: number, { head }: { head?: number } = {}): Promise<Activation> {
    const { config } = this.model;
    const shape = activationKind(name, layer, config).shape(config, this.ids.length);
    const fullName = exportName(name, layer);
    const whole = { fullName, shape, data: this.#float32(fullName) };
    return head === undefined ? whole : oneHead(whole, name, head, config.n_head);
  }

  /** As `Trace.row`. */
  async row(name: ActivationName, layer: number | undefined, position: number): Promise<Float32Array> {
    expectIndex(`row: position of ${name}`, position, this.ids.length);
    const { data } = await this.read(name, layer);
    const width = data.length / this.ids.length;
    return data.slice(position * width, (position + 1) * width);
  }

  /** [vocab_size] logits at a position. */
  logits(position: number): Promise<Float32Array> {
    return this.row('logits', undefined, position);
  }

  /** As `Trace.lookAtLens`, at the final depth alone: the others' logits are not recorded. */
  async lookAtLens<T>(depth: number, start: number, use: (logits: Float32Array) => T): Promise<T> {
    if (depth < this.n_layer) throw needsWeights('the logits of the lens');
    const { data } = await this.read('logits');
    const { vocab_size } = this.model.config;
    const end = Math.min(start + LENS_CHUNK, this.ids.length);
    return use(data.subarray(start * vocab_size, end * vocab_size));
  }

  /**
   * A row of the logit lens. Of a tracked token and of the prompt's next one, the rank is known where they are listed and
   * at the final depth; elsewhere it is NOT_READ.
   */
  async lens(depth: number, { top, track, start, ln_f = true }: LensRowOptions): Promise<LensRow> {
    const { config } = this.model;
    if (!ln_f) throw needsWeights('the lens without ln_f');
    if (!Number.isInteger(depth)) throw needsWeights('the lens inside blocks');
    expectIndex('lens: depth', depth, this.n_layer + 1);
    const first = start ?? 0;
    const end = start === undefined ? this.ids.length : Math.min(this.ids.length, first + LENS_CHUNK);
    const listed = lensTop(config);
    const shown = Math.min(top, listed);
    const at = depth * this.ids.length;
    const lists = <A extends Int32Array | Float32Array | Float64Array>(values: A): A =>
      firstOf(values.subarray((at + first) * listed, (at + end) * listed) as A, listed, shown);
    const column = (name: MemberName) => this.#float32(name).slice(at + first, at + end);
    const listedTokens = {
      top: shown,
      topIds: lists(this.#array('lens.top_ids').data as Int32Array),
      topProbabilities: lists(this.#array('lens.top_probabilities').data as Float64Array)
    };
    const row = {
      ...listedTokens,
      ...(await this.#next(listedTokens, depth, first, end)),
      topLogits: lists(this.#float32('lens.top_logits')),
      entropy: column('lens.entropy'),
      kl: column('lens.kl'),
      rank: null,
      probability: null,
      logProbability: null
    };
    return track === null ? row : { ...row, ...(await this.#tracked(row, depth, track, first, end)) };
  }

  /** As `Trace.headMaps`. */
  async headMaps(layer: number): Promise<HeadMaps> {
    const { data } = await this.read('pattern', layer);
    const T = this.ids.length;
    return mapHeads(this.model.config.n_head, T, T, MOST_MAP_CELLS, async (head, use) =>
      use(data.subarray(head * T * T, (head + 1) * T * T))
    );
  }

  /** As `Trace.valueNorms`. */
  async valueNorms(layer: number, head: number): Promise<ValueNorms> {
    const { n_layer, n_head } = this.model.config;
    expectIndex('valueNorms: layer', layer, n_layer);
    expectIndex('valueNorms: head', head, n_head);
    const T = this.ids.length;
    const row = (name: MemberName) => {
      const at = (layer * n_head + head) * T;
      return this.#float32(name).slice(at, at + T);
    };
    return { v: row('values.v'), out: row('values.out') };
  }

  /** As `Trace.addedNorms`. */
  async addedNorms(layer: number): Promise<AddedNorms> {
    const { n_embd } = this.model.config;
    const normsOf = async (name: 'attn_out' | 'mlp_out') =>
      rowNorms((await this.read(name, layer)).data, n_embd);
    return { attn_out: await normsOf('attn_out'), mlp_out: await normsOf('mlp_out') };
  }

  /** As `resultNorms`: of what each head of a block adds at a position. [n_head] */
  resultNorms(layer: number, position: number): Float32Array {
    const { n_head } = this.model.config;
    const at = (layer * this.ids.length + position) * n_head;
    return this.#float32('result.norms').slice(at, at + n_head);
  }

  /** As `contributions`, of the best next token. */
  async contributions(position: number): Promise<Contributions> {
    const { n_layer, n_head } = this.model.config;
    const T = this.ids.length;
    expectIndex('contributions: position', position, T);
    const S = position + 1;
    const rows = (name: MemberName, width = 1) => {
      const values = this.#float32(name);
      const out = new Float32Array(n_layer * S * width);
      for (let layer = 0; layer < n_layer; layer++) {
        const at = (position * n_layer + layer) * T * width;
        out.set(values.subarray(at, at + S * width), layer * S * width);
      }
      return out;
    };
    return {
      position,
      own: this.#float32('flow.own').slice(position * n_layer, S * n_layer),
      shares: rows('flow.shares'),
      heads: rows('flow.heads', n_head),
      pattern: await this.#attention(position),
      logits: rows('flow.logits')
    };
  }

  /** As `lensColumn`. */
  lensColumn(position: number): LensColumn {
    const { n_layer } = this.model.config;
    const listed = lensTop(this.model.config);
    const depths = Array.from({ length: n_layer + 1 }, (_, d) => (d * this.ids.length + position) * listed);
    const { data: ids } = this.#array('lens.top_ids');
    const { data: probabilities } = this.#array('lens.top_probabilities');
    return {
      ids: Int32Array.from(depths, (at) => Number(ids[at])),
      probabilities: Float64Array.from(depths, (at) => Number(probabilities[at]))
    };
  }

  /** As `readLayerNorm`. */
  layerNorm(name: LayerNormName, layer: number): LayerNormParameters {
    const { n_layer, n_embd } = this.model.config;
    const row = name === 'ln_f' ? 2 * n_layer : 2 * layer + (name === 'ln_2' ? 1 : 0);
    const cut = (member: MemberName) => this.#float32(member).slice(row * n_embd, (row + 1) * n_embd);
    return { weight: cut('ln.weight'), bias: cut('ln.bias') };
  }

  /** Every head's attention from one position, [n_layer, S, n_head]. */
  async #attention(position: number): Promise<Float32Array> {
    const { n_layer, n_head } = this.model.config;
    const T = this.ids.length;
    const S = position + 1;
    const out = new Float32Array(n_layer * S * n_head);
    for (let layer = 0; layer < n_layer; layer++) {
      const { data } = await this.read('pattern', layer);
      for (let head = 0; head < n_head; head++) {
        const row = (head * T + position) * T;
        for (let s = 0; s < S; s++) out[(layer * S + s) * n_head + head] = data[row + s];
      }
    }
    return out;
  }

  /** The token that the prompt has next at each position. */
  async #next(row: Listed, depth: number, first: number, end: number) {
    const next = Array.from({ length: end - first }, (_, i) => this.ids[first + i + 1] ?? NONE_NEXT);
    const known = await this.#summarised(depth, first, end, { next });
    if (known) return { nextRank: known.nextRank!, crossEntropy: known.crossEntropy! };
    const { rank, probability } = followed(row, next);
    return { nextRank: rank, crossEntropy: Float32Array.from(probability, (p) => -Math.log(p)) };
  }

  async #tracked(row: Listed, depth: number, track: number, first: number, end: number) {
    const known = await this.#summarised(depth, first, end, { track });
    if (known) {
      const { rank, probability, logProbability } = known;
      return { rank, probability, logProbability };
    }
    const { rank, probability } = followed(row, new Array<number>(end - first).fill(track));
    return { rank, probability, logProbability: probability.map(Math.log) };
  }

  /** From the logits, where they are recorded: of the final depth. */
  async #summarised(
    depth: number,
    first: number,
    end: number,
    followed: Pick<SummaryOptions, 'track' | 'next'>
  ): Promise<LogitSummary | null> {
    if (depth !== this.n_layer || !this.#arrays.has('logits')) return null;
    const { vocab_size } = this.model.config;
    const { data } = await this.read('logits');
    const chunk = data.subarray(first * vocab_size, end * vocab_size);
    return summariseLogits(chunk, end - first, vocab_size, { top: 1, ...followed });
  }

  #array(name: string) {
    const array = this.#arrays.get(name);
    if (!array) throw needsWeights(name);
    return array;
  }

  #float32(name: string): Float32Array {
    return asFloat32(this.#array(name));
  }
}

/** The best tokens of a row, as far as they are recorded. */
type Listed = Pick<LensRow, 'top' | 'topIds' | 'topProbabilities'>;

/** Where a row lists one token for each position: its rank, or NOT_READ, and its probability, or NaN. */
function followed({ top, topIds, topProbabilities }: Listed, ids: readonly number[]) {
  const places = ids.map((id, i) => topIds.subarray(i * top, (i + 1) * top).indexOf(id));
  return {
    rank: Int32Array.from(places, (place) => (place < 0 ? NOT_READ : place + 1)),
    probability: Float64Array.from(places, (place, i) =>
      place < 0 ? NaN : topProbabilities[i * top + place]
    )
  };
}

/** The first `count` of each `listed` values. */
function firstOf<A extends Int32Array | Float32Array | Float64Array>(
  values: A,
  listed: number,
  count: number
): A {
  return values.filter((_, i) => i % listed < count) as A;
}

export function needsWeights(what: string): NeedsWeightsError {
  const advice = "Open the recording's model and run the prompt.";
  return new NeedsWeightsError(mustBe('recording', `one that holds ${what}`, 'one without', advice), {
    code: 'needsWeights',
    values: [what]
  });
}
