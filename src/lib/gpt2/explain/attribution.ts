import * as tf from '@tensorflow/tfjs-core';
import { InputError, mustBe } from '../errors.ts';
import { weightOf } from '../ops/linear.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { tableRows } from '../ops/table.ts';
import type { Trace } from '../trace/trace.ts';
import { logitDirection } from './logit-direction.ts';
import { metricPosition, type Progress } from './metric.ts';

/** Which logit, where: the token's, or less another one's. */
export interface AttributionTarget {
  readonly token: number;
  readonly minus?: number;
  /** Left out: the last. */
  readonly position?: number;
}

export interface AttributionOptions extends AttributionTarget {
  /** Stops between two blocks. */
  readonly signal?: AbortSignal;
}

/** What one part adds to the logit. */
export interface AttributionPart {
  /** `embed`, `pos_embed`, `8.2` (a head), `attn_bias 8` (c_proj's bias), `mlp 8`, `ln_f.bias`, `edits`. */
  readonly part: string;
  /** nats */
  readonly value: number;
}

export interface Attribution {
  /** As the run gives it: of the token, or its difference to the other one. nats */
  readonly logit: number;
  /** Of the parts; the logit but for float32's rounding. */
  readonly sum: number;
  /** In the order of the computation. */
  readonly parts: readonly AttributionPart[];
}

/** The parts that one step of the computation adds: the embeddings, then block by block, then what is left. */
export interface AttributionStep extends Progress {
  readonly parts: readonly AttributionPart[];
}

/**
 * Direct logit attribution: what each part of the last residual stream adds to a logit, with ln_f's scale as it is in
 * this run (see `logitDirection`). ln_f's bias adds by itself and has a part of its own. An edited run may hold parts
 * that no head, MLP or embedding wrote: those are `edits`. Yields each step's parts, and returns all of them.
 *
 * Units:  nats.
 * Memory: the device holds no more than before, except rebuilt blocks within the trace's budget; also where it is stopped.
 * Throws: InputError if the position or a token is not in the run; the signal's reason once it is aborted.
 */
export async function* attribution(
  trace: Trace,
  { signal, ...target }: AttributionOptions
): AsyncGenerator<AttributionStep, Attribution, void> {
  const position = metricPosition(trace, target);
  const { n_layer } = trace.model.config;
  const direction = await directionOf(trace, target, position);
  const parts: AttributionPart[] = [];
  const steps = [
    () => embeddingParts(trace, position, direction),
    ...Array.from({ length: n_layer }, (_, layer) => () => blockParts(trace, layer, position, direction)),
    () => lastParts(trace, target, position, direction, sumOf(parts))
  ];
  for (const [i, step] of steps.entries()) {
    signal?.throwIfAborted();
    const found = await step();
    parts.push(...found);
    yield { parts: found, done: i + 1, total: steps.length };
  }
  const logits = await trace.logits(position);
  const logit = logits[target.token] - (target.minus === undefined ? 0 : logits[target.minus]);
  return { logit, sum: sumOf(parts), parts };
}

const sumOf = (parts: readonly AttributionPart[]) => parts.reduce((sum, { value }) => sum + value, 0);

async function embeddingParts(
  trace: Trace,
  position: number,
  direction: Float64Array
): Promise<AttributionPart[]> {
  const embed = await trace.row('embed', undefined, position);
  const pos_embed = await trace.row('pos_embed', undefined, position);
  return [
    { part: 'embed', value: dot(embed, direction) },
    { part: 'pos_embed', value: dot(pos_embed, direction) }
  ];
}

async function blockParts(
  trace: Trace,
  layer: number,
  position: number,
  direction: Float64Array
): Promise<AttributionPart[]> {
  const { heads, bias } = await attentionParts(trace, layer, position, direction);
  const mlp_out = await trace.row('mlp_out', layer, position);
  return [
    ...heads.map((value, head) => ({ part: `${layer}.${head}`, value })),
    { part: `attn_bias ${layer}`, value: bias },
    { part: `mlp ${layer}`, value: dot(mlp_out, direction) }
  ];
}

/** What the last stream holds beside the parts before, which add up to `before`, and ln_f's bias. */
async function lastParts(
  trace: Trace,
  target: AttributionTarget,
  position: number,
  direction: Float64Array,
  before: number
): Promise<AttributionPart[]> {
  const parts = [{ part: 'ln_f.bias', value: await biasPart(trace, target) }];
  if (!trace.isEdited) return parts;
  const stream = dot(await trace.row('resid_post', trace.n_layer - 1, position), direction);
  return [{ part: 'edits', value: stream - before }, ...parts];
}

/**
 * What one head's part of the logit comes from, by the position it was read from: pattern times value through the head's
 * rows of c_proj. The sources sum to the head's part.
 *
 * Shapes: [position + 1].
 * Units, memory, throws: as `attribution`; InputError also if the head is not in the model.
 */
export async function headSources(
  trace: Trace,
  layer: number,
  head: number,
  target: AttributionTarget
): Promise<Float64Array> {
  const position = metricPosition(trace, target);
  const pattern = await trace.read('pattern', layer, { head });
  const values = await trace.read('v', layer, { head });
  const written = await readThrough(trace, layer, await directionOf(trace, target, position));
  const [T, d_head] = values.shape;
  const own = written.subarray(head * d_head, (head + 1) * d_head);
  return Float64Array.from({ length: position + 1 }, (_, source) => {
    const weight = pattern.data[position * T + source];
    return weight * dot(values.data.subarray(source * d_head, (source + 1) * d_head), own);
  });
}

/**
 * What each neuron of an MLP adds to the logit, and c_proj's bias last. They sum to the MLP's part.
 *
 * Shapes: [n_inner + 1].
 * Units, memory, throws: as `attribution`; InputError also if the layer is not in the model.
 */
export async function neuronParts(
  trace: Trace,
  layer: number,
  target: AttributionTarget
): Promise<Float64Array> {
  const position = metricPosition(trace, target);
  const { c_proj } = expectBlock(trace, layer).mlp;
  const direction = await directionOf(trace, target, position);
  const post = await trace.row('mlp.post', layer, position);
  const written = await lookAtOnce(
    tf.tidy(() => tf.matMul(weightOf(c_proj), column(direction))),
    (values) => values.slice()
  );
  const parts = Float64Array.from({ length: post.length + 1 }, (_, i) => post[i] * written[i]);
  parts[post.length] = dot((await c_proj.bias.data()) as Float32Array, direction);
  return parts;
}

async function directionOf(
  trace: Trace,
  { token, minus }: AttributionTarget,
  position: number
): Promise<Float64Array> {
  const direction = await logitDirection(trace, position, token);
  if (minus === undefined) return direction;
  const other = await logitDirection(trace, position, minus);
  return direction.map((value, i) => value - other[i]);
}

async function attentionParts(
  trace: Trace,
  layer: number,
  position: number,
  direction: Float64Array
): Promise<{ heads: number[]; bias: number }> {
  const { n_head, n_embd } = trace.model.config;
  const d_head = n_embd / n_head;
  const written = await readThrough(trace, layer, direction);
  const z = await trace.row('z', layer, position);
  const heads = Array.from({ length: n_head }, (_, head) => {
    const [start, end] = [head * d_head, (head + 1) * d_head];
    return dot(z.subarray(start, end), written.subarray(start, end));
  });
  const bias = (await expectBlock(trace, layer).attn.c_proj.bias.data()) as Float32Array;
  return { heads, bias: dot(bias, direction) };
}

/** What one unit of each number of z adds to the logit, [n_embd]. */
function readThrough(trace: Trace, layer: number, direction: Float64Array): Promise<Float32Array> {
  const { c_proj } = expectBlock(trace, layer).attn;
  const written = tf.tidy(() => tf.matMul(weightOf(c_proj), column(direction)));
  return lookAtOnce(written, (values) => values.slice());
}

function expectBlock(trace: Trace, layer: number) {
  const block = trace.model.weights.h.at(layer);
  if (block && layer >= 0) return block;
  const last = trace.n_layer - 1;
  throw new InputError(mustBe('attribution: layer', `from 0 to ${last}`, layer, 'Choose one of those.'));
}

const column = (values: Float64Array) => tf.tensor2d(Float32Array.from(values), [values.length, 1]);

async function biasPart(trace: Trace, { token, minus }: AttributionTarget): Promise<number> {
  const { lm_head, ln_f } = trace.model.weights;
  const ids = minus === undefined ? [token] : [token, minus];
  const rows = await lookAtOnce(tableRows(lm_head, ids), (values) => values.slice());
  const bias = (await ln_f.bias.data()) as Float32Array;
  const parts = ids.map((_, i) => dot(rows.subarray(i * bias.length, (i + 1) * bias.length), bias));
  return parts[0] - (parts[1] ?? 0);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
