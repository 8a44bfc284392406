import * as tf from '@tensorflow/tfjs-core';
import { EditPlan, type PlannedEdit } from '../edit/plan.ts';
import { runBlock } from '../model/block.ts';
import { pointsOf } from '../model/pass.ts';
import { withoutFused } from '../ops/fused-kernels.ts';
import { layerNorm } from '../ops/layer-norm.ts';
import { unembed } from '../ops/logit-lens.ts';
import { tableRows } from '../ops/table.ts';
import { embed } from '../trace/embed.ts';
import type { Trace } from '../trace/trace.ts';
import { metricPosition, type Metric } from './metric.ts';
import { InputError, mustBe } from '../errors.ts';
import type { EditName } from '../edit/places.ts';

/** A named point of a run. */
export interface Point {
  readonly name: EditName;
  readonly layer?: number;
}

export interface Gradients {
  /** Of the pass that was differentiated. nats */
  readonly metric: number;
  /** d metric / d activation, one a point; as the activation lies on the device, at the run's padded length. */
  readonly at: readonly Float32Array[];
}

/**
 * Gradients of a metric at named points of a run, all by one backward pass: each point gains a probe of zeros, and the
 * gradient at the probe is the gradient at the point. Fused kernels give way to stock operations, which TensorFlow.js
 * can differentiate.
 *
 * @param scaleEmbed what the token embeddings are multiplied with before; 1 unless given
 * Memory: every block's inside while it runs; leaves no tensor behind.
 * Throws: InputError if the metric is not in the run, or is `kl`, whose gradient at the unedited run is 0.
 */
export async function gradientsAt(
  base: Trace,
  points: readonly Point[],
  metric: Metric,
  scaleEmbed = 1
): Promise<Gradients> {
  const position = metricPosition(base, metric);
  if (metric.kind === 'kl')
    throw new InputError(
      mustBe('gradients: metric', 'a logit or log-probability', 'kl', 'Choose one of those.')
    );
  const { registerGradients } = await import('./register-gradients.ts'); // a run of a model needs none
  registerGradients();
  const shapes = points.map((point) => shapeOf(base, point));
  const found = tf.tidy(() => {
    const probes = shapes.map((shape) => tf.zeros(shape));
    const measure = (...own: tf.Tensor[]) =>
      metricTensor(base, planOf(base, points, own, scaleEmbed), position, metric);
    return withoutFused(() => tf.valueAndGrads(measure as never)(probes));
  });
  try {
    const at: Float32Array[] = [];
    for (const gradient of found.grads) at.push(Float32Array.from(await gradient.data()));
    return { metric: (await found.value.data())[0], at };
  } finally {
    tf.dispose([found.value, ...found.grads]);
  }
}

/** How an activation lies on the device. */
function shapeOf(base: Trace, { name }: Point): number[] {
  const { n_head, n_embd, n_inner } = base.model.config;
  const [T] = base.stream(0).shape;
  if (name === 'pattern' || name === 'attn_scores') return [n_head, T, T];
  if (name === 'result') return [T, n_head, n_embd];
  return [T, name.startsWith('mlp.') ? n_inner : name.endsWith('.scale') ? 1 : n_embd];
}

function planOf(
  base: Trace,
  points: readonly Point[],
  probes: readonly tf.Tensor[],
  scaleEmbed: number
): EditPlan {
  const edits = points.map(({ name, layer }, i): PlannedEdit => ({
    name,
    layer,
    apply: (value) => tf.add(value, probes[i])
  }));
  const scaled: PlannedEdit = {
    name: 'embed',
    layer: undefined,
    apply: (value) => tf.mul(value, scaleEmbed)
  };
  return new EditPlan(scaleEmbed === 1 ? edits : [scaled, ...edits], 'probes', base.n_layer);
}

/** The metric as a function of what the plan adds; stock operations alone. */
function metricTensor(base: Trace, plan: EditPlan, position: number, metric: Metric): tf.Scalar {
  const pass = base.passWith(plan);
  const { n_layer, n_embd } = base.model.config;
  const { ln_f, lm_head } = base.model.weights;
  const isEmbedded = plan.firstLayer < 0;
  let resid = isEmbedded ? embed(pass) : base.stream(plan.firstLayer);
  for (let layer = isEmbedded ? 0 : plan.firstLayer; layer < n_layer; layer++)
    resid = runBlock(pass, layer, resid).resid_post;
  const { normalized } = layerNorm(resid, ln_f, 'ln_final', pointsOf(pass));
  const row = tf.slice(normalized, [position, 0], [1, n_embd]);
  const { token, minus, kind = 'logit' } = metric;
  if (kind === 'log_probability') {
    const logits = tf.reshape(unembed(row, lm_head), [-1]);
    const logit = tf.reshape(tf.slice(logits, [token], [1]), []); // no gather: wasm cannot differentiate it
    return tf.sub(logit, tf.logSumExp(logits)) as tf.Scalar;
  }
  const target = tableRows(lm_head, [token]);
  const direction = minus === undefined ? target : tf.sub(target, tableRows(lm_head, [minus]));
  return tf.sum(tf.mul(row, direction)) as tf.Scalar;
}
