import { narrow } from '../checkpoint/narrow.ts';
import { elementCount } from '../checkpoint/weight-spec.ts';
import type { Contributions } from '../explain/contributions.ts';
import type { ValueNorms } from '../explain/value-norms.ts';
import type { Gpt2Config } from '../model/config.ts';
import type { LayerNormName, LayerNormParameters } from '../model/norm-parameters.ts';
import type { Pieces } from '../tokenizer/vocabulary.ts';
import { ACTIVATIONS, everyActivation, exportName } from '../trace/activations.ts';
import type { ActivationName } from '../trace/activations.ts';
import type { LensRow } from '../trace/lens-row.ts';
import { expectFits } from './expect-fits.ts';
import { ABOUT_FILE, formatAbout, VOCABULARY_FILE, type RecordingFacts } from './about.ts';
import {
  lensTop,
  MEMBERS,
  MOST_FLOW_TOKENS,
  type MemberName,
  type RecordedPart,
  type WorkedOut
} from './members.ts';
import type { NpyArray, NpyData } from './npy.ts';
import { NpzWriter } from './npz.ts';

/** What a run is recorded from: a trace, or the page's engine. */
export interface RecordingSource {
  read(name: ActivationName, layer?: number): Promise<Float32Array>;
  lens(depth: number, top: number): Promise<LensRow>;
  /** With the logit of the position's best next token. */
  flow(position: number): Promise<Contributions>;
  values(layer: number, head: number): Promise<ValueNorms>;
  /** L2 norms of `result` at a position, [n_layer, n_head]. */
  results(position: number): Promise<Float32Array>;
  layerNorm(name: LayerNormName, layer: number): Promise<LayerNormParameters>;
}

export interface RecordingOptions {
  readonly parts: readonly RecordedPart[];
  readonly pieces: Pieces;
  /** Hears how much is done, from 0 to 1. */
  readonly onprogress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

const FLOAT16_INFINITY = 0x7c00;
const FLOAT16_SIGN = 0x8000;

/**
 * Writes a recorded run, array by array.
 *
 * Memory: the arrays of one part at a time, beside what `onchunk` keeps.
 * Throws: InputError if the run does not fit in a file; the signal's reason once it is aborted.
 */
export async function writeRecording(
  source: RecordingSource,
  facts: RecordingFacts,
  { parts, pieces, onprogress, signal }: RecordingOptions,
  onchunk: (chunk: Uint8Array) => void
): Promise<void> {
  const { config, dtype, tokens } = facts;
  const T = tokens.length;
  expectFits('record: file', config, T, parts, dtype);
  const writer = new NpzWriter(onchunk);
  writer.addText(ABOUT_FILE, formatAbout(facts));
  writer.addText(VOCABULARY_FILE, JSON.stringify(pieces));
  const ids = Int32Array.from(tokens, ({ id }) => id);
  writer.add('input_ids', { dtype: 'int32', shape: [T], data: ids });
  const activations = [...everyActivation(config)].filter(({ name }) => parts.includes(name));
  const made = MAKERS.filter(
    ({ part }) => parts.includes(part) && (part !== 'flow' || T <= MOST_FLOW_TOKENS)
  );
  const total = made.reduce((sum, { count }) => sum + count(config, T), activations.length);
  let done = 0;
  const step = () => {
    signal?.throwIfAborted();
    onprogress?.(done++ / total);
  };
  for (const { name, layer } of activations) {
    step();
    const array = stored(await source.read(name, layer), ACTIVATIONS[name].shape(config, T), dtype);
    writer.add(exportName(name, layer), array);
  }
  for (const { make } of made) {
    const arrays = await make(source, config, T, step);
    for (const [name, data] of Object.entries(arrays) as [MemberName, NpyData][])
      writer.add(name, { dtype: MEMBERS[name].dtype, shape: MEMBERS[name].shape(config, T), data });
  }
  writer.end();
  onprogress?.(1);
}

/** An activation as it is stored: in float32 where float16 cannot hold one of its numbers. */
function stored(values: Float32Array, shape: readonly number[], dtype: 'F32' | 'F16'): NpyArray {
  const bits = dtype === 'F16' ? toFloat16(values) : null;
  return bits ? { dtype: 'float16', shape, data: bits } : { dtype: 'float32', shape, data: values };
}

/** Null where a finite number would become infinite, or one is NaN. The scores of later keys are -Infinity. */
function toFloat16(values: Float32Array): Uint16Array | null {
  const isInfinite = (value: number) => Math.abs(value) === Infinity;
  const bits = new Uint16Array(values.length);
  const finite = values.map((value) => (isInfinite(value) ? 0 : value));
  if (narrow('F16', finite, bits) !== -1) return null;
  values.forEach((value, i) => {
    if (isInfinite(value)) bits[i] = FLOAT16_INFINITY | (value < 0 ? FLOAT16_SIGN : 0);
  });
  return bits;
}

type Made = Partial<Record<MemberName, NpyData>>;

interface Maker {
  readonly part: WorkedOut;
  /** Calls of the source. */
  readonly count: (config: Gpt2Config, T: number) => number;
  readonly make: (source: RecordingSource, config: Gpt2Config, T: number, step: () => void) => Promise<Made>;
}

const MAKERS: readonly Maker[] = [
  { part: 'lens', count: ({ n_layer }) => n_layer + 1, make: makeLens },
  { part: 'flow', count: (_, T) => T, make: makeFlow },
  { part: 'values', count: ({ n_layer, n_head }) => n_layer * n_head, make: makeValues },
  { part: 'results', count: (_, T) => T, make: makeResults },
  { part: 'ln', count: ({ n_layer }) => 2 * n_layer + 1, make: makeNorms }
];

/** An empty array of a member's shape. */
function emptyOf(name: MemberName, config: Gpt2Config, T: number): Float32Array {
  return new Float32Array(elementCount(MEMBERS[name].shape(config, T)));
}

async function makeLens(
  source: RecordingSource,
  config: Gpt2Config,
  T: number,
  step: () => void
): Promise<Made> {
  const top = lensTop(config);
  const depths = config.n_layer + 1;
  const ids = new Int32Array(depths * T * top);
  const probabilities = new Float64Array(depths * T * top);
  const logits = new Float32Array(depths * T * top);
  const entropy = new Float32Array(depths * T);
  const kl = new Float32Array(depths * T);
  for (let depth = 0; depth < depths; depth++) {
    step();
    const row = await source.lens(depth, top);
    ids.set(row.topIds, depth * T * top);
    probabilities.set(row.topProbabilities, depth * T * top);
    logits.set(row.topLogits, depth * T * top);
    entropy.set(row.entropy, depth * T);
    kl.set(row.kl, depth * T);
  }
  return {
    'lens.top_ids': ids,
    'lens.top_probabilities': probabilities,
    'lens.top_logits': logits,
    'lens.entropy': entropy,
    'lens.kl': kl
  };
}

/** Sources after a position stay 0. */
async function makeFlow(
  source: RecordingSource,
  config: Gpt2Config,
  T: number,
  step: () => void
): Promise<Made> {
  const { n_layer, n_head } = config;
  const [own, shares, heads, logits] = (
    ['flow.own', 'flow.shares', 'flow.heads', 'flow.logits'] as const
  ).map((name) => emptyOf(name, config, T));
  for (let position = 0; position < T; position++) {
    step();
    const flow = await source.flow(position);
    const S = position + 1;
    own.set(flow.own, position * n_layer);
    for (let layer = 0; layer < n_layer; layer++) {
      const at = (position * n_layer + layer) * T;
      const row = (values: Float32Array, width = 1) =>
        values.subarray(layer * S * width, (layer + 1) * S * width);
      shares.set(row(flow.shares), at);
      logits.set(row(flow.logits), at);
      heads.set(row(flow.heads, n_head), at * n_head);
    }
  }
  return { 'flow.own': own, 'flow.shares': shares, 'flow.heads': heads, 'flow.logits': logits };
}

async function makeValues(
  source: RecordingSource,
  config: Gpt2Config,
  T: number,
  step: () => void
): Promise<Made> {
  const { n_layer, n_head } = config;
  const norms = {
    'values.v': emptyOf('values.v', config, T),
    'values.out': emptyOf('values.out', config, T)
  };
  for (let layer = 0; layer < n_layer; layer++) {
    for (let head = 0; head < n_head; head++) {
      step();
      const { v, out } = await source.values(layer, head);
      norms['values.v'].set(v, (layer * n_head + head) * T);
      norms['values.out'].set(out, (layer * n_head + head) * T);
    }
  }
  return norms;
}

async function makeResults(
  source: RecordingSource,
  config: Gpt2Config,
  T: number,
  step: () => void
): Promise<Made> {
  const { n_layer, n_head } = config;
  const norms = emptyOf('result.norms', config, T);
  for (let position = 0; position < T; position++) {
    step();
    const here = await source.results(position);
    for (let layer = 0; layer < n_layer; layer++)
      norms.set(here.subarray(layer * n_head, (layer + 1) * n_head), (layer * T + position) * n_head);
  }
  return { 'result.norms': norms };
}

async function makeNorms(
  source: RecordingSource,
  config: Gpt2Config,
  T: number,
  step: () => void
): Promise<Made> {
  const { n_layer, n_embd } = config;
  const parameters = {
    'ln.weight': emptyOf('ln.weight', config, T),
    'ln.bias': emptyOf('ln.bias', config, T)
  };
  for (let row = 0; row <= 2 * n_layer; row++) {
    step();
    const name = row === 2 * n_layer ? 'ln_f' : row % 2 === 0 ? 'ln_1' : 'ln_2';
    const { weight, bias } = await source.layerNorm(name, Math.min(row >> 1, n_layer - 1));
    parameters['ln.weight'].set(weight, row * n_embd);
    parameters['ln.bias'].set(bias, row * n_embd);
  }
  return parameters;
}
