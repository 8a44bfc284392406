import * as tf from '@tensorflow/tfjs-core';
import { EditPlan, planEdits, setRows, type PlannedEdit } from '../edit/plan.ts';
import type { Edit } from '../edit/types.ts';
import { InputError, mustBe } from '../errors.ts';
import { inOrder } from '../in-order.ts';
import { seededRandom } from '../numbers/random.ts';
import { softmax } from '../numbers/softmax.ts';
import { lookAtOnce } from '../ops/look-at.ts';
import { tableRows } from '../ops/table.ts';
import { runPlanned } from '../trace/forward.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { Trace } from '../trace/trace.ts';
import { metricPosition, type Progress } from './metric.ts';
import { rerunLogits, runsAtOnce } from './rerun.ts';
import { together } from './together.ts';

export interface CausalTraceOptions {
  /** Whose probability is followed. */
  readonly token: number;
  /** Positions of the subject, whose token embeddings get noise. */
  readonly subject: readonly number[];
  /** Standard deviation of the noise; left out: 3 times that of the numbers in the rows of wte of `noiseOver`. */
  readonly noise?: number;
  /** Tokens, such as the subjects of known facts; left out: the subject's own. */
  readonly noiseOver?: readonly number[];
  /** Noises to average over; 4 unless given. */
  readonly samples?: number;
  readonly seed?: number;
  /** State that is restored: a block's output, or what its MLP or attention adds. */
  readonly what?: 'resid_post' | 'mlp_out' | 'attn_out';
  /** mlp_out and attn_out: blocks that are restored together, centred on the cell's; 1 unless given. */
  readonly window?: number;
  /** Left out: the last position. */
  readonly position?: number;
  /** Positions at which a state is put back; the others stay NaN. Left out: all. */
  readonly positions?: readonly number[];
  /** Stops between two runs. */
  readonly signal?: AbortSignal;
}

export interface CausalTraceCell extends Progress {
  readonly layer: number;
  readonly position: number;
  /** p(restored) − p(corrupted), the mean over the samples. */
  readonly effect: number;
}

export interface CausalTrace {
  /** Probability of the token in the run as it is. */
  readonly clean: number;
  /** With noise and nothing restored, mean over the samples. */
  readonly corrupted: number;
  /** The noise's standard deviation. */
  readonly noise: number;
  /** [n_layer][T], indirect effects. */
  readonly effects: readonly (readonly number[])[];
}

const DEFAULT_SAMPLES = 4;
const NOISE_IN_DEVIATIONS = 3;

/**
 * Causal tracing: the subject's token embeddings get noise, then one state of the run without noise is put back, place by
 * place. Yields each cell as it comes, and returns the grid.
 *
 * Units:  probabilities and their differences, not normalised.
 * Memory: one run of the residual stream a sample while it runs; leaves no tensor behind, also where it is stopped.
 * Throws: InputError if the subject, token or window is not in the run; the signal's reason once it is aborted.
 * Source: Meng et al. (2022), "Locating and Editing Factual Associations in GPT", section 2.1.
 */
export async function* causalTrace(
  trace: Trace,
  options: CausalTraceOptions
): AsyncGenerator<CausalTraceCell, CausalTrace, void> {
  const {
    token,
    subject,
    samples = DEFAULT_SAMPLES,
    seed = 0,
    what = 'resid_post',
    window = 1,
    signal
  } = options;
  const position = metricPosition(trace, options);
  checkPositions(trace, 'subject', subject);
  if (options.positions) checkPositions(trace, 'positions', options.positions);
  checkCounts({ samples, window });
  const { n_layer } = trace.model.config;
  const T = trace.ids.length;
  const places = options.positions ?? Array.from({ length: T }, (_, at) => at);
  const noise =
    options.noise ?? (await usualNoise(trace, options.noiseOver ?? subject.map((at) => trace.ids[at])));
  const probability = (logits: Float32Array) => softmax(logits)[token];
  const corrupted: NoisyRun[] = [];
  try {
    for (let sample = 0; sample < samples; sample++) {
      signal?.throwIfAborted();
      const run = await noisyRun(trace, subject, noise, seed + sample, signal);
      corrupted.push({ run, p: probability(await run.logits(position)) });
    }
    const effects = Array.from({ length: n_layer }, () => new Array<number>(T).fill(NaN));
    const total = n_layer * places.length;
    let done = 0;
    for (let layer = 0; layer < n_layer; layer++) {
      for (const some of together(places, runsAtOnce(trace), () => layer)) {
        const plans = await inOrder(some, (at) => {
          const edits = restored(what, layer, at, window, n_layer);
          return planEdits(trace.model, trace.ids, edits, { base: trace, other: trace });
        });
        const found = await meanEffects(corrupted, plans, position, probability, signal);
        for (const [i, at] of some.entries()) {
          effects[layer][at] = found[i];
          yield { layer, position: at, effect: effects[layer][at], done: ++done, total };
        }
      }
    }
    const mean = corrupted.reduce((sum, { p }) => sum + p, 0) / samples;
    return { clean: probability(await trace.logits(position)), corrupted: mean, noise, effects };
  } finally {
    for (const { run } of corrupted) run.dispose();
  }
}

/** Runs the prompt with noise on its subject; the caller disposes the run. */
function noisyRun(
  { model, ids }: Trace,
  subject: readonly number[],
  noise: number,
  seed: number,
  signal: AbortSignal | undefined
): Promise<Trace> {
  const planned = new EditPlan(
    [noisyRows(model.config, subject, noise, seed)],
    `noise ${noise} ${seed}`,
    model.config.n_layer
  );
  return runPlanned(model, ids, planned, { signal, byteBudget: 0 });
}

/** A run with noise on its subject, and the token's probability in it. */
interface NoisyRun {
  readonly run: Trace;
  readonly p: number;
}

/** How much each plan raises the probability, the mean over the noisy runs. */
async function meanEffects(
  noisy: readonly NoisyRun[],
  plans: readonly EditPlan[],
  position: number,
  probability: (logits: Float32Array) => number,
  signal: AbortSignal | undefined
): Promise<number[]> {
  const effects = plans.map(() => 0);
  for (const { run, p } of noisy) {
    const logits = await rerunLogits(run, plans, position, signal);
    for (const [i, found] of logits.entries()) effects[i] += (probability(found) - p) / noisy.length;
  }
  return effects;
}

function restored(
  what: 'resid_post' | 'mlp_out' | 'attn_out',
  layer: number,
  position: number,
  window: number,
  n_layer: number
): Edit[] {
  const first = layer - Math.floor((window - 1) / 2);
  const layers = Array.from({ length: window }, (_, i) => first + i).filter((at) => at >= 0 && at < n_layer);
  return layers.map((at): Edit => ({ kind: 'patch', name: what, layer: at, positions: [position] }));
}

function checkPositions(trace: Trace, name: 'subject' | 'positions', list: readonly number[]): void {
  const T = trace.ids.length;
  const wrong = list.find((at) => !Number.isInteger(at) || at < 0 || at >= T);
  if (list.length > 0 && wrong === undefined) return;
  const advice =
    name === 'subject' ? 'Name the tokens that get noise.' : 'Leave them out to put back every position.';
  throw new InputError(
    mustBe(`causalTrace: ${name}`, `positions from 0 to ${T - 1}`, wrong ?? 'none', advice),
    wrong === undefined ? { code: 'subject', values: [] } : { code: 'range', values: [name, 0, T - 1, wrong] }
  );
}

function checkCounts(counts: Readonly<Record<'samples' | 'window', number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new InputError(mustBe(`causalTrace: ${name}`, 'a whole number from 1', value, 'Use 1 or more.'), {
      code: 'range',
      values: [name, 1, null, value]
    });
  }
}

/** Three standard deviations of the numbers in some tokens' rows of wte. */
async function usualNoise(trace: Trace, tokens: readonly number[]): Promise<number> {
  const { weights, config } = trace.model;
  const wrong = tokens.find((id) => !Number.isInteger(id) || id < 0 || id >= config.vocab_size);
  if (tokens.length === 0 || wrong !== undefined) {
    const advice = 'Leave it out to measure the subject.';
    throw new InputError(
      mustBe('causalTrace: noiseOver', `tokens from 0 to ${config.vocab_size - 1}`, wrong ?? 'none', advice),
      wrong === undefined
        ? { code: 'subject', values: [] }
        : { code: 'range', values: ['noiseOver', 0, config.vocab_size - 1, wrong] }
    );
  }
  const rows = tableRows(weights.wte, [...tokens]);
  return lookAtOnce(rows, (values) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return NOISE_IN_DEVIATIONS * Math.sqrt(variance);
  });
}

/** The subject's rows of wte with normal noise on them, seeded. */
function noisyRows(
  { n_embd }: Pick<Gpt2Config, 'n_embd'>,
  subject: readonly number[],
  noise: number,
  seed: number
): PlannedEdit {
  const next = seededRandom(seed);
  const added = Float32Array.from({ length: subject.length * n_embd }, () => noise * normal(next));
  const zero = setRows('embed', undefined, subject, new Float32Array(added.length));
  const own = setRows('embed', undefined, subject, added);
  return {
    name: 'embed',
    layer: undefined,
    apply: (value) => tf.add(value, own.apply(zero.apply(tf.zerosLike(value))))
  };
}

/** A number of the standard normal distribution, by Box and Muller. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}
