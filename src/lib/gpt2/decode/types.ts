/** What `generate` takes and yields. Names of options are Hugging Face's. */
import type { ProcessorName } from './table.ts';
import type { Edit, EditSources } from '../edit/types.ts';
import type { DecodingSettings } from './settings.ts';

export interface GenerateOptions extends Partial<DecodingSettings> {
  /** How many tokens to add at most. */
  readonly max_new_tokens?: number;
  /** Seed of every draw. The token after T tokens takes the T-th number of the seed's sequence, as `drawNumber`. */
  readonly seed?: number;
  /** Ids that end a sequence; null: none. Left out: the model's `<|endoftext|>`. */
  readonly eos_token_id?: number | readonly number[] | null;
  /** Texts that end a sequence once it holds one, the token that completes it included. */
  readonly stop_strings?: string | readonly string[];
  /** Above 1: beam search. */
  readonly num_beams?: number;
  /** Beam search: a finished sequence's score is its log-probability divided by its new tokens to this power. */
  readonly length_penalty?: number;
  /** Beam search: true stops at num_beams finished ones, false when a better one is unlikely, 'never' when impossible. */
  readonly early_stopping?: boolean | 'never';
  /** How many sequences to return. Of drawn ones, the n-th (from 0) draws with the seed plus n. */
  readonly num_return_sequences?: number;
  /** False computes every step from the first token on: the same numbers, slowly. */
  readonly use_cache?: boolean;
  /** How many of the best tokens each step lists. */
  readonly top?: number;
  /** Give, with each token, the n_layer + 1 hidden states of the position that predicted it. */
  readonly output_hidden_states?: boolean;
  /** Give, with each token, the attention rows of the position that predicted it. */
  readonly output_attentions?: boolean;
  /** What to change inside every step's run; each step is then computed from the first token on. */
  readonly edits?: readonly Edit[];
  /** The runs that the edits take values from. */
  readonly sources?: Omit<EditSources, 'base'>;
  /** Stops before the next step; the iterator throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Every option, filled in and checked. */
export type CheckedOptions = Required<Omit<GenerateOptions, 'signal' | 'eos_token_id' | 'stop_strings'>> & {
  readonly eos_token_id: readonly number[];
  readonly stop_strings: readonly string[];
  readonly signal: AbortSignal | undefined;
};

/** Why a sequence ended. */
export type StopReason = 'eos' | 'stop_string' | 'length';

/** One token of a list of best ones. */
export interface TopEntry {
  readonly id: number;
  /** Over the whole vocabulary. */
  readonly probability: number;
  /** The score that the probability is made of: a logit, processed or not, nats. */
  readonly score: number;
}

/** What one processor did, without the arrays over the vocabulary (`processScores` gives those). */
export interface ProcessorSummary {
  readonly name: ProcessorName;
  /** The setting it worked with. */
  readonly value: number;
  /** Tokens with a probability above 0 afterwards. */
  readonly keptCount: number;
  readonly removedCount: number;
  /** Probability, before this processor, of the tokens it removed. */
  readonly massCut: number;
  /** Best tokens afterwards. */
  readonly top: readonly TopEntry[];
}

/** What a step looked like inside, at the position that predicted the token. */
export interface StepActivations {
  /** n_layer + 1 arrays [n_embd], as Hugging Face's: the last one has ln_f applied. Null unless asked for. */
  readonly hidden_states: readonly Float32Array[] | null;
  /** n_layer arrays [n_head, T]: probabilities over the T keys. Null unless asked for. */
  readonly attentions: readonly Float32Array[] | null;
}

/** Keys and values of one layer, as in Hugging Face's past_key_values without the batch axis. */
export interface LayerCache {
  /** [n_head, T, d_head] */
  readonly shape: readonly [number, number, number];
  readonly key: Float32Array;
  readonly value: Float32Array;
}

/** One new token of one sequence. */
export interface TokenStep extends StepActivations {
  readonly kind: 'token';
  /** From 0. */
  readonly step: number;
  /** Which prompt, from 0. */
  readonly prompt: number;
  /** Which sequence of that prompt, from 0. */
  readonly sequence: number;
  readonly id: number;
  /** The sequence so far, this token included. */
  readonly ids: readonly number[];
  /** Of the token, in the distribution it was taken from (after processing). */
  readonly probability: number;
  /** ln(probability), nats. */
  readonly logProbability: number;
  /** The number in [0, 1) that chose the token; null if the best was taken. */
  readonly draw: number | null;
  /** What the model says. [vocab_size], nats */
  readonly logits: Float32Array;
  /** The logits after every processor, -Infinity where removed. [vocab_size], nats */
  readonly scores: Float32Array;
  /** Best tokens before any processing. */
  readonly top: readonly TopEntry[];
  /** One entry for each processor that is on, in the order they ran. */
  readonly processors: readonly ProcessorSummary[];
  /** Set on the last token of the sequence. */
  readonly stopped: StopReason | null;
  /**
   * The key/value cache that the next step starts from: T is the number of tokens before this one.
   *
   * Throws: InputError once the iterator has moved on, or if use_cache is false.
   */
  pastKeyValues(): Promise<readonly LayerCache[]>;
}

/** A place in the beam tree. The root, the prompt, is node 0; every candidate of every step is a node. */
export interface BeamCandidate {
  readonly node: number;
  /** Node of the beam it continues. */
  readonly parent: number;
  /** Place of that beam among the step's beams. */
  readonly parentBeam: number;
  readonly id: number;
  /** Of the token after its beam, before processing. */
  readonly probability: number;
  /** What the token adds to its beam: its log-probability, processed. nats */
  readonly logProbability: number;
  /** The beam's and this token's together. nats */
  readonly cumulative: number;
  /**
   * Place, from 0, among the 2 num_beams candidates (more with several end tokens) that the search looks at; null if
   * it is not one of them and only listed to show what the beam would say.
   */
  readonly place: number | null;
  /** kept: a beam of the next step. finished: now a finished sequence. pruned: neither. */
  readonly state: 'kept' | 'finished' | 'pruned';
  /** Place among the next step's beams if kept, else null. */
  readonly beam: number | null;
  /** If it ends its sequence, why; also where the search did not take it. */
  readonly stopped: StopReason | null;
}

/** A sequence that beam search may still continue. */
export interface Beam {
  readonly node: number;
  readonly ids: readonly number[];
  readonly cumulative: number;
}

/** A sequence that beam search has finished. */
export interface Hypothesis extends Beam {
  /** cumulative / (new tokens ^ length_penalty): what sequences are ranked by. */
  readonly score: number;
  readonly stopped: StopReason;
}

/** One step of beam search: all beams at once. */
export interface BeamStep {
  readonly kind: 'beams';
  /** From 0. */
  readonly step: number;
  /** The beams this step started from, best first; one, the prompt, at step 0. */
  readonly beams: readonly Beam[];
  /** Logits of each of these beams. [vocab_size] each, nats */
  readonly logits: readonly Float32Array[];
  /** Their log-probabilities after every processor: Hugging Face's `scores`. [vocab_size] each, nats */
  readonly scores: readonly Float32Array[];
  /** Continuations, by beam, best first. */
  readonly candidates: readonly BeamCandidate[];
  /** The beams of the next step, best first. */
  readonly kept: readonly Beam[];
  /** The best finished sequences up to now, best first; at most num_beams. */
  readonly finished: readonly Hypothesis[];
  /** True if the search ends with this step. */
  readonly done: boolean;
}

export type GenerateStep = TokenStep | BeamStep;

/** A finished sequence. */
export interface GeneratedSequence {
  /** Which prompt, from 0. */
  readonly prompt: number;
  /** Prompt and new tokens. */
  readonly ids: readonly number[];
  readonly newIds: readonly number[];
  /** Sum of the new tokens' log-probabilities in the distributions they were taken from. nats */
  readonly logProbability: number;
  /** Beam search: what it was ranked by; else null. */
  readonly score: number | null;
  /** Beam search: its nodes in the tree, the root left out; else null. */
  readonly nodes: readonly number[] | null;
  readonly stopped: StopReason;
}

/** What the iterator returns when it is done. */
export interface GenerateResult {
  /** num_return_sequences for each prompt; of beam search, best first. */
  readonly sequences: readonly GeneratedSequence[];
}
