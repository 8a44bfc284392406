import {
  USUAL_PARTS,
  writeRecording,
  writeTrace,
  type Gpt2Config,
  type RecordingSource,
  type Token
} from '$lib/gpt2';
import { version } from '../../../../package.json';
import type { EngineClient } from '../client';
import type { ModelInfo } from '../protocol';

/** A run that the page holds, to be recorded. */
export interface RecordRequest {
  readonly engine: EngineClient;
  /** Its handle. */
  readonly trace: number;
  readonly tokens: readonly Token[];
  readonly model: Pick<ModelInfo, 'config' | 'pieces' | 'activationParameters'>;
  readonly name: string;
  /** Of the weights; null where it is unknown. */
  readonly sha256: string | null;
  readonly dtype: 'F32' | 'F16';
  /** Hears how much is done, from 0 to 1. */
  readonly onprogress: (done: number) => void;
  readonly signal: AbortSignal;
}

/**
 * The run as a recording.
 *
 * Memory: the file, and one part of it besides.
 * Throws: InputError if it does not fit in a file; an AbortError once the signal is aborted.
 */
export async function recordRun(request: RecordRequest): Promise<Blob> {
  const { engine, trace, tokens, model, name, sha256, dtype, onprogress, signal } = request;
  const facts = {
    model: { name, sha256 },
    config: model.config,
    activationParameters: model.activationParameters,
    tokens,
    made: { date: new Date().toISOString(), tool: 'gpt2-lens', version },
    dtype
  };
  const chunks: BlobPart[] = [];
  const options = { parts: USUAL_PARTS, pieces: model.pieces, onprogress, signal };
  const source = engineSource(engine, trace, signal);
  await writeRecording(source, facts, options, (chunk) => chunks.push(chunk as Uint8Array<ArrayBuffer>));
  return new Blob(chunks);
}

/** Every activation of a run, for `numpy.load`.  Memory, throws: as `recordRun`. */
export async function saveTrace(
  engine: EngineClient,
  trace: number,
  config: Gpt2Config,
  ids: readonly number[],
  signal: AbortSignal
): Promise<Blob> {
  const chunks: BlobPart[] = [];
  const source = engineSource(engine, trace, signal);
  await writeTrace(source, config, ids, (chunk) => chunks.push(chunk as Uint8Array<ArrayBuffer>));
  return new Blob(chunks);
}

function engineSource(engine: EngineClient, trace: number, signal: AbortSignal): RecordingSource {
  return {
    read: async (name, layer) => (await engine.read({ trace, name, layer }, signal)).data,
    lens: (depth, top) => engine.lens({ trace, depth, top, track: null }, signal),
    flow: async (position) => (await engine.flows(trace, [position], signal))[0],
    values: (layer, head) => engine.valueNorms(trace, layer, head, signal),
    results: async (position) =>
      (await engine.survey('streamVectors', { trace, position }, () => {}, signal)).results,
    layerNorm: (name, layer) => engine.layerNorm(name, layer)
  };
}
