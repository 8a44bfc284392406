import { InputError, mustBe } from '../errors.ts';
import { inOrder } from '../in-order.ts';
import { planEdits } from '../edit/plan.ts';
import type { Edit } from '../edit/types.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Trace } from '../trace/trace.ts';
import { metricOf, metricPosition, type Metric, type Progress } from './metric.ts';
import { rerunLogits, runsAtOnce } from './rerun.ts';
import { together } from './together.ts';

/** What may be taken out one at a time. */
export type AblatedParts = 'heads' | 'mlps' | 'blocks' | 'neurons';

export interface AblationOptions {
  readonly metric: Metric;
  readonly parts: AblatedParts;
  /** Only this layer's; must be given for neurons. */
  readonly layer?: number;
  /** What a part becomes; `mean`: over the positions of this prompt. Zero unless given. */
  readonly kind?: 'zero' | 'mean';
  /** Stops between two runs. */
  readonly signal?: AbortSignal;
}

/** The effect of one part's removal, with every later part computed anew. */
export interface AblationEffect extends Progress {
  readonly layer: number;
  /** Head or neuron. */
  readonly part: number | null;
  /** The metric without the part. nats */
  readonly metric: number;
  /** That less the metric of the run as it is. */
  readonly effect: number;
}

/**
 * Takes out parts of an unedited run, one at a time: z of a head (its value bias goes, c_proj's bias stays), mlp_out of
 * an MLP, attn_out and mlp_out of a block, mlp.post of a neuron; at all positions.
 *
 * Memory: leaves no tensor behind, also where it is stopped.
 * Throws: InputError if the run was edited, or the metric or layer is not in it; the signal's reason once it is aborted.
 */
export async function* ablationEffects(
  trace: Trace,
  { metric, parts, layer, kind = 'zero', signal }: AblationOptions
): AsyncGenerator<AblationEffect, void, void> {
  const position = metricPosition(trace, metric);
  const unedited = await trace.logits(position);
  const before = metricOf(metric, unedited, unedited);
  const list = partsOf(parts, layer, trace.model.config);
  const planOf = ({ places }: Part) => {
    const edits = places.map((place): Edit =>
      kind === 'zero' ? { ...place, kind } : { ...place, kind, over: 'positions' }
    );
    return planEdits(trace.model, trace.ids, edits, { base: trace });
  };
  let done = 0;
  for (const some of together(list, runsAtOnce(trace), (part) => part.layer)) {
    signal?.throwIfAborted();
    const logits = await rerunLogits(trace, await inOrder(some, planOf), position, signal);
    for (const [run, { layer, part }] of some.entries()) {
      const after = metricOf(metric, logits[run], unedited);
      yield { layer, part, metric: after, effect: after - before, done: ++done, total: list.length };
    }
  }
}

type Place = Pick<Edit, 'name' | 'layer' | 'head' | 'neuron'>;
interface Part {
  readonly layer: number;
  readonly part: number | null;
  readonly places: readonly Place[];
}

function partsOf(parts: AblatedParts, only: number | undefined, config: Gpt2Config): Part[] {
  const { n_layer, n_head, n_inner } = config;
  if (parts === 'neurons' && only === undefined) {
    const advice = 'All neurons are too many: take them layer by layer.';
    throw new InputError(mustBe('ablationEffects: layer', 'given for neurons', only, advice));
  }
  if (only !== undefined && !(Number.isInteger(only) && only >= 0 && only < n_layer))
    throw new InputError(
      mustBe('ablationEffects: layer', `from 0 to ${n_layer - 1}`, only, 'Choose one of those.')
    );
  const layers = only === undefined ? Array.from({ length: n_layer }, (_, i) => i) : [only];
  const each = (count: number, place: (layer: number, part: number) => Place) =>
    layers.flatMap((layer) =>
      Array.from({ length: count }, (_, part) => ({ layer, part, places: [place(layer, part)] }))
    );
  switch (parts) {
    case 'heads':
      return each(n_head, (layer, head) => ({ name: 'z', layer, head }));
    case 'neurons':
      return each(n_inner, (layer, neuron) => ({ name: 'mlp.post', layer, neuron }));
    case 'mlps':
      return layers.map((layer) => ({ layer, part: null, places: [{ name: 'mlp_out', layer }] }));
    case 'blocks':
      return layers.map((layer) => ({
        layer,
        part: null,
        places: [
          { name: 'attn_out', layer },
          { name: 'mlp_out', layer }
        ]
      }));
  }
}
