import * as tf from '@tensorflow/tfjs-core';
import { EditPlan, planEdits, type PlannedEdit } from '../edit/plan.ts';
import type { Edit } from '../edit/types.ts';
import { InputError, mustBe } from '../errors.ts';
import { inOrder } from '../in-order.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { linear, weightOf } from '../ops/linear.ts';
import { runTrace } from '../trace/forward.ts';
import type { Trace } from '../trace/trace.ts';
import { metricOf, type Metric, type Progress } from './metric.ts';
import { measurePairs, restored, type MeasuredPair, type PromptPair } from './prompt-pairs.ts';
import { rerunLogits, runsAtOnce } from './rerun.ts';
import { together } from './together.ts';

/**
 * What a path from a sending head to a receiving head's q, k or v is.
 *
 * `direct`: the change of what the sender writes, through ln_1 with the corrupt run's scale, into that one input; no other
 *           part sees it.
 * `direct_anew`: the same with the scale computed anew for that input, as TransformerLens 4 does.
 * `paper`: as in the indirect-object paper: the sender changes, every other head's z stays as in the corrupt run, MLPs and
 *          LayerNorms are computed anew; what the receiver's input then is, is patched into the corrupt run. Such a path
 *          may pass through MLPs.
 */
export const PATH_METHODS = ['direct', 'direct_anew', 'paper'] as const;
export type PathMethod = (typeof PATH_METHODS)[number];

export interface PathOptions {
  readonly metric: Metric;
  readonly receiver: { readonly layer: number; readonly head: number; readonly input: 'q' | 'k' | 'v' };
  /** Left out: every head of every layer below the receiver's. */
  readonly senders?: readonly { readonly layer: number; readonly head: number }[];
  readonly method?: PathMethod;
  /** Stops between two senders. */
  readonly signal?: AbortSignal;
}

export interface PathEffect extends Progress {
  readonly layer: number;
  readonly head: number;
  /** The metric with the path patched, mean over the pairs. nats */
  readonly metric: number;
  /** (m − m_corrupt) / (m_clean − m_corrupt), mean over the pairs. */
  readonly value: number;
}

/**
 * Path patching: the corrupt run, with the clean run's output of one head reaching one other head's input alone; of one
 * pair of runs, or the mean over several. Yields one effect a sender.
 *
 * Memory: leaves no tensor behind, also where it is stopped.
 * Throws: InputError if the receiver or a sender is not in the model or no sender is below the receiver; as `patchGrid`.
 * Source: Wang et al. (2022), "Interpretability in the Wild", section 3.1; TransformerLens, get_act_patch_direct_path.
 */
export async function* pathPatch(
  pairs: PromptPair | readonly PromptPair[],
  { metric, receiver, senders, method = 'direct', signal }: PathOptions
): AsyncGenerator<PathEffect, void, void> {
  const measured = await measurePairs([pairs].flat(), metric);
  const { n_layer, n_head } = measured[0].clean.model.config;
  expectHead('pathPatch: receiver', receiver, n_layer, n_head);
  const list = senders ?? headsBelow(receiver.layer, n_head);
  for (const sender of list) expectHead('pathPatch: sender', sender, receiver.layer, n_head);
  const atOnce = Math.min(...measured.map(({ corrupt }) => runsAtOnce(corrupt)));
  const planOf = (pair: MeasuredPair, sender: Head) => {
    signal?.throwIfAborted();
    return method === 'paper'
      ? paperPlan(pair, sender, receiver)
      : directPlan(pair, sender, receiver, method === 'direct');
  };
  let done = 0;
  for (const some of together(list, atOnce, () => receiver.layer)) {
    const sums = some.map(() => ({ metric: 0, value: 0 }));
    for (const pair of measured) {
      const plans = await inOrder(some, (sender) => planOf(pair, sender));
      const logits = await rerunLogits(pair.corrupt, plans, pair.position, signal);
      for (const [run, sum] of sums.entries()) {
        const patched = metricOf(pair.pairMetric, logits[run]);
        sum.metric += patched / measured.length;
        sum.value += restored(pair, patched) / measured.length;
      }
    }
    for (const [run, sender] of some.entries())
      yield { ...sender, ...sums[run], done: ++done, total: list.length };
  }
}

type Head = Pick<PathEffect, 'layer' | 'head'>;

function headsBelow(layer: number, n_head: number): Head[] {
  return Array.from({ length: layer * n_head }, (_, i) => ({
    layer: Math.floor(i / n_head),
    head: i % n_head
  }));
}

function expectHead(where: string, { layer, head }: Head, layers: number, n_head: number): void {
  const fits =
    [layer, head].every(Number.isInteger) && layer >= 0 && layer < layers && head >= 0 && head < n_head;
  if (fits) return;
  const expected =
    layers === 0 ? 'below the receiver' : `a head of layers 0 to ${layers - 1}, 0 to ${n_head - 1}`;
  const advice = 'A path goes from an earlier layer to a later one.';
  throw new InputError(mustBe(where, expected, `${layer}.${head}`, advice), {
    code: 'pathOrder',
    values: []
  });
}

/** The receiver's input changes by what the sender's change of the stream does to it. */
async function directPlan(
  { clean, corrupt }: MeasuredPair,
  sender: Head,
  receiver: PathOptions['receiver'],
  frozen: boolean
): Promise<EditPlan> {
  const { config, weights } = corrupt.model;
  const { n_head, n_embd } = config;
  const d_head = n_embd / n_head;
  const z = async (trace: Trace) => (await trace.read('z', sender.layer, { head: sender.head })).data;
  const [target, own] = [await z(clean), await z(corrupt)];
  const change = Float32Array.from(target, (value, i) => value - own[i]); // [T, d_head]
  const T = corrupt.ids.length;
  const block = weights.h[receiver.layer];
  const padded = corrupt.stream(0).shape[0];
  const isHead = new Uint8Array(n_embd).fill(1, receiver.head * d_head, (receiver.head + 1) * d_head);
  const apply = (value: tf.Tensor): tf.Tensor => {
    const { c_proj } = weights.h[sender.layer].attn;
    const rows = tf.slice(weightOf(c_proj), [sender.head * d_head, 0], [d_head, n_embd]);
    const short = tf.matMul(tf.tensor2d(change, [T, d_head]), rows);
    const written = tf.pad(short, [
      [0, padded - T],
      [0, 0]
    ]) as tf.Tensor2D;
    const stream = corrupt.stream(receiver.layer);
    const third = block.c_attn[receiver.input];
    let changed: tf.Tensor;
    if (frozen) {
      const { scale } = layerNorm(stream, block.ln_1);
      const centred = tf.sub(written, tf.mean(written, -1, true));
      const read = tf.mul(tf.div(centred, scale), block.ln_1.weight) as tf.Tensor2D;
      changed = tf.add(value, tf.matMul(read, weightOf(third)));
    } else {
      changed = linear(layerNorm(tf.add(stream, written), block.ln_1).normalized, third);
    }
    return tf.where(tf.tensor2d(isHead, [1, n_embd], 'bool'), changed, value);
  };
  const edit: PlannedEdit = { name: receiver.input, layer: receiver.layer, apply };
  return new EditPlan([edit], `path:${sender.layer}.${sender.head}`, config.n_layer);
}

async function paperPlan(
  { clean, corrupt }: MeasuredPair,
  sender: Head,
  receiver: PathOptions['receiver']
): Promise<EditPlan> {
  const { model, ids } = corrupt;
  const { n_layer } = model.config;
  const later = Array.from({ length: n_layer - sender.layer }, (_, i) => sender.layer + i);
  const edits: Edit[] = [
    ...later.map((layer): Edit => ({ kind: 'freeze', name: 'z', layer })),
    { kind: 'patch', name: 'z', ...sender }
  ];
  const first = await runTrace(model, ids, { edits, base: corrupt, other: clean, byteBudget: 0 });
  try {
    const { input, ...place } = receiver;
    return await planEdits(model, ids, [{ kind: 'patch', name: input, ...place }], {
      base: corrupt,
      other: first
    });
  } finally {
    first.dispose();
  }
}
