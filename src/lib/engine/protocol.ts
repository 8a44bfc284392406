import type { KeptModel, ModelSource, TransferProgress } from './models';
import type { ShelfReport } from './models/shelf';
import type {
  ActivationName,
  BeamStep,
  Contributions,
  Frame,
  GenerateOptions,
  GenerateResult,
  GenerationConfig,
  Gpt2Config,
  HeadMaps,
  LayerNormName,
  LayerNormParameters,
  LensRow,
  Pieces,
  TextLoss,
  TokenStep
} from '$lib/gpt2';
import type { TimedBackend } from './faster-backend';
import type { KernelKind } from './wasm-kernels';
import type { Reason } from '$lib/words';
import type { MissingThreads } from './wasm-kernels/helpers';

/** TensorFlow.js backends, in the order they are tried. */
export const BACKENDS = ['webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** The backend in use, and why the ones before it are not. */
export interface BackendReport {
  readonly name: BackendName;
  /** Which of our own kernels the wasm backend runs; null where it runs its stock ones, and for other backends. */
  readonly kernels: KernelKind | null;
  /** Threads that the wasm backend computes on; 1 for the others. */
  readonly threads: number;
  /** Threads beside those that were asked for and did not start; null where none is missing. */
  readonly missingThreads: MissingThreads | null;
  /** Largest difference to the known answers of the start-up check. */
  readonly checkError: number;
  /** Milliseconds of a block on each backend that was compared; empty where one was asked for or only one works. */
  readonly timed: readonly TimedBackend[];
  readonly passedOver: readonly { readonly name: BackendName; readonly reason: Reason }[];
}

export interface ModelInfo {
  readonly config: Gpt2Config;
  /** How many numbers it has learned. */
  readonly parameters: number;
  /** Of the whole vocabulary: enough to show any token without asking again. */
  readonly pieces: Pieces;
  /** What the activation of each block's MLP learned; {} for most. */
  readonly activationParameters: readonly Readonly<Record<string, number>>[];
  /** What the tokenizer puts around every text; nothing in GPT-2. */
  readonly frame: Frame;
  /** The token that the reader can put in front of a text; null where there is none. */
  readonly beginning: number | null;
  /** What the model's authors propose for generating; null where they propose nothing. */
  readonly generationConfig: GenerationConfig | null;
  /** Why the model is not kept for the next visit, though it should be; null where nothing is wrong. */
  readonly notKept: Reason | null;
}

export type { KeptModel, ModelSource, ShelfReport, TransferProgress as LoadProgress };

/** A run's handle: the activations stay in the worker and are read by it. */
export interface TraceHandle {
  readonly trace: number;
  readonly ids: readonly number[];
  /** [vocab_size], nats: logits at the last position; empty where a recording holds none. */
  readonly lastLogits: Float32Array;
  /** Wall-clock time of the forward pass. */
  readonly milliseconds: number;
}

/** One activation as it arrives on the page; the array was transferred, not copied. */
export interface ReadResult {
  readonly fullName: string;
  readonly shape: number[];
  readonly data: Float32Array;
}

/** Norms along the residual stream, L2, of what is named. */
export interface StreamNorms {
  /** [n_layer + 1, T]: resid_pre of block 0, then each resid_post. */
  readonly resid: Float32Array;
  /** [n_layer, T] */
  readonly attn_out: Float32Array;
  /** [n_layer, T] */
  readonly mlp_out: Float32Array;
  /** [T] each: rows of wte and of wpe. */
  readonly embed: Float32Array;
  readonly pos_embed: Float32Array;
}

/** One position's way through the model: what each source brings to it, and its logit lens. */
export interface PositionFlow extends Contributions {
  /** The best next token at the end; `logits` are of it. */
  readonly token: number;
  /** Best next token at every depth and its probability, [n_layer + 1]. */
  readonly lensIds: Int32Array;
  readonly lensProbabilities: Float64Array;
}

export interface ReadRequest {
  readonly trace: number;
  readonly name: ActivationName;
  readonly layer?: number;
  readonly head?: number;
}

export interface LensRequest {
  readonly trace: number;
  readonly depth: number;
  /** Best tokens to list at each position. */
  readonly top: number;
  /** Token whose rank and probability to give, or null. */
  readonly track: number | null;
  /** First position of the one chunk to read, a multiple of LENS_CHUNK; left out: all positions. */
  readonly start?: number;
  /** false: without ln_f. */
  readonly ln_f?: boolean;
}

/** What the engine holds on the device. */
export interface EngineMemory {
  readonly tensors: number;
  /** Weights, activations and everything else. */
  readonly bytes: number;
  readonly traces: number;
  /** Activations that runs keep. */
  readonly traceBytes: number;
  /** What those may take together. */
  readonly traceBudget: number;
}

/** A step of generation as it arrives on the page; its arrays were transferred. */
export type SentStep = Omit<TokenStep, 'pastKeyValues'> | BeamStep;

/** Options of a generation; its signal is the call's own. */
export type SentOptions = Omit<GenerateOptions, 'signal'>;

export type { GenerateResult, HeadMaps, LayerNormName, LayerNormParameters, LensRow, TextLoss };
