import type {
  CausalTrace,
  CausalTraceCell,
  Edit,
  GridCell,
  PatchPlace,
  PathEffect,
  PathMethod,
  Progress,
  Measured
} from '$lib/gpt2';

/** The list of edits and the run that they make. */
export interface EditState {
  readonly list: readonly { readonly edit: Edit; readonly isOff: boolean }[];
  /** What run B is. */
  readonly versus: 'edits' | 'prompt' | 'model';
  /** Of another prompt, to take values from; null: there is none. */
  readonly otherIds: readonly number[] | null;
  /** Best next token of A: whose direction is added. */
  readonly best: number;
  /** Logits of run B at the position; undefined until they are there. */
  readonly after: Float32Array | undefined;
  /** B is another model's run, whose ids mean other tokens. */
  readonly hasOtherTokens: boolean;
  readonly isRunning: boolean;
  readonly problem: string | null;
}

/** Another model as B. */
export interface OtherModelState {
  /** Models that can be opened here. */
  readonly choices: readonly { readonly name: string }[];
  /** As the link has it; null: none. */
  readonly chosen: string | null;
  readonly isHere: boolean;
  /** What it takes together with the model in use. */
  readonly memory: (name: string) => string;
  /** Why it would not fit; null: it does. */
  readonly refusal: (name: string) => string | null;
  readonly problem: string | null;
  /** What of the prompt it has no token for; null: nothing. */
  readonly note: string | null;
  /** How much of it has been read, while it is. */
  readonly percent: number | null;
}

/** What the measures of two prompts are set to. */
export interface GridSettings {
  readonly matters: 'grid' | 'path' | 'trace';
  readonly what: PatchPlace;
  readonly direction: 'into_this' | 'into_other';
  /** Heads of this layer by position; null: layers by heads. */
  readonly in_layer: number | null;
  /** The mean over the set of pairs that the two prompts begin. */
  readonly average: boolean;
  readonly path_input: 'q' | 'k' | 'v';
  readonly path: PathMethod;
  readonly restored: 'resid_post' | 'mlp_out' | 'attn_out';
  /** Positions whose embeddings get noise. */
  readonly subject: readonly number[];
  /** Blocks that are restored together. */
  readonly window: number;
  /** Noises that a cell is the mean over, and the seed of the first. */
  readonly noises: number;
  readonly noise_seed: number;
}

/** The measures of two prompts, as far as they have come. */
export interface GridMeasures {
  readonly grid: Measured<GridCell>;
  readonly estimate: Measured<Progress, { readonly grid: readonly (readonly number[])[] }>;
  readonly paths: Measured<PathEffect>;
  readonly trace: Measured<CausalTraceCell, CausalTrace>;
}

/** Sets of pairs of prompts: to start with the first pair, to average over all of them, and for `mean` to be over. */
export const PAIR_NAMES = ['names', 'numbers', 'capital', 'fact', 'agreement', 'induction'] as const;
export type PairName = (typeof PAIR_NAMES)[number];

/** What causal tracing may be set to. */
export type TraceRanges = Readonly<
  Record<'window' | 'noises' | 'noise_seed', { readonly min: number; readonly max: number }>
>;

/** As the library's, which would bring what computes them. */
export const PATCH_BY_POSITION = [
  'resid_pre',
  'attn_out',
  'mlp_out'
] as const satisfies readonly PatchPlace[];
export const PATCH_BY_HEAD = ['z', 'q', 'k', 'v', 'pattern'] as const satisfies readonly PatchPlace[];
export const PATH_METHODS = ['direct', 'direct_anew', 'paper'] as const satisfies readonly PathMethod[];
