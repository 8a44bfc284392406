/**
 * What a recorded run holds beside `recording.json`: the activations under their full names, and what pictures need of
 * the weights, worked out when it was recorded.
 */
import { ACTIVATIONS, activationNames, everyActivation, exportName } from '../trace/activations.ts';
import type { ActivationName } from '../trace/activations.ts';
import type { Gpt2Config } from '../model/config.ts';

/** Parts of a recording that are worked out with the weights. */
export const WORKED_OUT = ['lens', 'flow', 'values', 'results', 'ln'] as const;
export type WorkedOut = (typeof WORKED_OUT)[number];
export type RecordedPart = ActivationName | WorkedOut;

export const RECORDED_PARTS: readonly RecordedPart[] = [...activationNames, ...WORKED_OUT];

/** All but `result`, which takes more room than the rest together and which no picture shows whole. */
export const USUAL_PARTS = RECORDED_PARTS.filter((part) => part !== 'result');

/** Best tokens at each place of the logit lens. */
const LENS_TOP = 10;
/** Longer runs have no `flow`: it grows with the square of the length, and its picture shows fewer rows. */
export const MOST_FLOW_TOKENS = 128;

/** Best tokens that a recording of this model lists. */
export const lensTop = ({ vocab_size }: Gpt2Config): number => Math.min(LENS_TOP, vocab_size);

interface Member {
  readonly part: WorkedOut;
  readonly dtype: 'float32' | 'float64' | 'int32';
  readonly shape: (config: Gpt2Config, T: number) => number[];
}

const perDepth = (c: Gpt2Config, T: number) => [c.n_layer + 1, T];
const listed = (c: Gpt2Config, T: number) => [c.n_layer + 1, T, lensTop(c)];
const perSource = (c: Gpt2Config, T: number) => [T, c.n_layer, T];
const perValue = (c: Gpt2Config, T: number) => [c.n_layer, c.n_head, T];
/** ln_1 and ln_2 of each block in turn, then ln_f. */
const perNorm = (c: Gpt2Config) => [2 * c.n_layer + 1, c.n_embd];

/** What is worked out, by its name in the file. */
export const MEMBERS = {
  /** The logit lens: depth 0 is resid_pre of block 0, depth d resid_post of block d - 1. */
  'lens.top_ids': { part: 'lens', dtype: 'int32', shape: listed },
  'lens.top_probabilities': { part: 'lens', dtype: 'float64', shape: listed },
  'lens.top_logits': { part: 'lens', dtype: 'float32', shape: listed },
  'lens.entropy': { part: 'lens', dtype: 'float32', shape: perDepth },
  'lens.kl': { part: 'lens', dtype: 'float32', shape: perDepth },
  /** `Contributions` of each position; sources after it are 0. `flow.logits` is of the best next token. */
  'flow.own': { part: 'flow', dtype: 'float32', shape: (c, T) => [T, c.n_layer] },
  'flow.shares': { part: 'flow', dtype: 'float32', shape: perSource },
  'flow.heads': { part: 'flow', dtype: 'float32', shape: (c, T) => [T, c.n_layer, T, c.n_head] },
  'flow.logits': { part: 'flow', dtype: 'float32', shape: perSource },
  /** L2 norms of v, and of what a head would write of it. */
  'values.v': { part: 'values', dtype: 'float32', shape: perValue },
  'values.out': { part: 'values', dtype: 'float32', shape: perValue },
  /** L2 norms of `result`. */
  'result.norms': { part: 'results', dtype: 'float32', shape: (c, T) => [c.n_layer, T, c.n_head] },
  'ln.weight': { part: 'ln', dtype: 'float32', shape: perNorm },
  'ln.bias': { part: 'ln', dtype: 'float32', shape: perNorm }
} satisfies Record<string, Member>;

export type MemberName = keyof typeof MEMBERS;

/** Every array that a file may hold, by its name in it, with its shape and what it may be stored as. */
export function knownArrays(
  config: Gpt2Config,
  T: number
): Map<string, { readonly shape: readonly number[]; readonly dtypes: readonly string[] }> {
  const known = new Map<string, { shape: readonly number[]; dtypes: readonly string[] }>();
  known.set('input_ids', { shape: [T], dtypes: ['int32', 'int64'] });
  for (const { name, layer } of everyActivation(config)) {
    const shape = ACTIVATIONS[name].shape(config, T);
    known.set(exportName(name, layer), { shape, dtypes: ['float32', 'float16'] });
  }
  for (const [name, { shape, dtype }] of Object.entries(MEMBERS) as [MemberName, Member][])
    known.set(name, { shape: shape(config, T), dtypes: [dtype] });
  return known;
}
