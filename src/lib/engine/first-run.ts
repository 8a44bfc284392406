/**
 * The recorded run that the explorer's first picture is drawn from while the engine starts: of the default prompt, in the
 * default model, written when the page is built (scripts/first-run.ts). It holds what that picture shows, and no more.
 */
import {
  createVocabulary,
  mustBe,
  NeedsWeightsError,
  placeTokens,
  type BestTokens,
  type Pieces,
  type Token
} from '$lib/gpt2';
import type { EngineClient } from './client';
import { unpack } from './packed';
import type { ModelInfo, PositionFlow, StreamNorms, TraceHandle } from './protocol';

/** What the file holds. */
export interface FirstRunFile {
  /** Name of the model, and SHA-256 of its weights. */
  readonly model: { readonly name: string; readonly sha256: string };
  readonly prompt: string;
  readonly ids: readonly number[];
  readonly info: Omit<ModelInfo, 'pieces'>;
  /** Those that the picture names, by id. */
  readonly pieces: Omit<Pieces, 'pieces'> & { readonly texts: Readonly<Record<number, string>> };
  /** At the last position. */
  readonly flow: PositionFlow;
  readonly norms: StreamNorms;
  readonly next: BestTokens;
}

/** What a run on screen is read from: an engine, or as much as is recorded. */
export type RunSource = Pick<
  EngineClient,
  | 'flows'
  | 'headMaps'
  | 'lens'
  | 'logits'
  | 'loss'
  | 'measure'
  | 'norms'
  | 'read'
  | 'release'
  | 'survey'
  | 'valueNorms'
>;

export interface FirstRun {
  readonly model: FirstRunFile['model'];
  readonly prompt: string;
  readonly info: ModelInfo;
  readonly tokens: readonly Token[];
  readonly handle: TraceHandle;
  readonly next: BestTokens;
  /** Answers with what is recorded; everything else is refused with a NeedsWeightsError. */
  readonly engine: RunSource;
}

const TRACE = 0;

/** Reads the file's text.  Throws: SyntaxError if it is not JSON. */
export function readFirstRun(text: string): FirstRun {
  const { model, prompt, ids, info, pieces: sparse, flow, norms, next } = unpack(text) as FirstRunFile;
  const { texts, ...kinds } = sparse;
  const pieces = new Array<string | null>(info.config.vocab_size).fill(null);
  for (const [id, piece] of Object.entries(texts)) pieces[Number(id)] = piece;
  const whole = { ...info, pieces: { ...kinds, pieces } };
  const { token } = createVocabulary(whole.pieces, info.config.vocab_size);
  return {
    model,
    prompt,
    info: whole,
    tokens: placeTokens(ids.map(token)).tokens,
    handle: { trace: TRACE, ids, lastLogits: new Float32Array(0), milliseconds: 0 },
    next,
    engine: recordedReads(flow, norms)
  };
}

function recordedReads(flow: PositionFlow, norms: StreamNorms): RunSource {
  const refuse = () =>
    Promise.reject(
      new NeedsWeightsError(mustBe('first run', 'of the first picture', 'another read', 'Wait for the run.'))
    );
  return {
    flows: async (_, positions) =>
      positions.every((position) => position === flow.position) ? positions.map(() => flow) : refuse(),
    norms: async () => norms,
    release: () => {},
    headMaps: refuse,
    lens: refuse,
    logits: refuse,
    loss: refuse,
    measure: refuse,
    read: refuse,
    survey: refuse,
    valueNorms: refuse
  };
}
