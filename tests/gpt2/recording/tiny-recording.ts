/** Recorded runs of the tiny model, and what they were recorded from. */
import { readRecording } from '../../../src/lib/gpt2/recording/read.ts';
import type { RecordingFacts } from '../../../src/lib/gpt2/recording/about.ts';
import { RECORDED_PARTS, type RecordedPart } from '../../../src/lib/gpt2/recording/members.ts';
import { traceSource } from '../../../src/lib/gpt2/recording/trace-source.ts';
import { writeRecording, type RecordingSource } from '../../../src/lib/gpt2/recording/write.ts';
import type { Trace } from '../../../src/lib/gpt2/trace/trace.ts';
import { concat } from '../make-safetensors.ts';
import { TINY_CONFIG } from '../tiny-model.ts';

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz0123'];
const SPECIAL = LETTERS.length - 1;
export const TINY_PIECES = { pieces: LETTERS, names: [SPECIAL], specials: [SPECIAL], byteLevel: true };

export interface TinyOptions {
  readonly dtype?: 'F32' | 'F16';
  readonly parts?: readonly RecordedPart[];
  /** Reads an activation in place of the trace. */
  readonly read?: RecordingSource['read'];
}

export async function tinyFile(
  trace: Trace,
  { dtype = 'F32', parts = RECORDED_PARTS, read }: TinyOptions = {}
): Promise<Uint8Array> {
  const facts: RecordingFacts = {
    model: { name: 'tiny', sha256: null },
    config: TINY_CONFIG,
    activationParameters: [{}, {}],
    tokens: trace.ids.map((id) => ({
      id,
      bytes: new TextEncoder().encode(LETTERS[id]),
      special: id === SPECIAL
    })),
    made: { date: '2026-01-02T03:04:05.000Z', tool: 'a test', version: '1.0.0' },
    dtype
  };
  const chunks: Uint8Array[] = [];
  const keep = (chunk: Uint8Array) => chunks.push(chunk);
  const source = { ...traceSource(trace), ...(read && { read }) };
  await writeRecording(source, facts, { parts, pieces: TINY_PIECES }, keep);
  return concat(chunks);
}

export const tinyRecording = async (trace: Trace, options?: TinyOptions) =>
  readRecording(await tinyFile(trace, options));
