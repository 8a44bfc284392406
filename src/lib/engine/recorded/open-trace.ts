import { aboutRun, InputError, mustBe, traceReads, type Gpt2Model, type Trace } from '$lib/gpt2';
import { version } from '../../../../package.json';
import { RecordedEngine } from './recorded-engine';

/**
 * A trace of this page as an engine: its numbers are computed when a picture asks for them.
 *
 * Memory: the trace and its model stay the caller's, and must live as long as the pictures.
 * Throws: InputError if its model has no tokenizer.
 */
export function openTrace(trace: Trace, onneed: () => void): RecordedEngine {
  const { config, weights, tokenizer } = trace.model as typeof trace.model & Partial<Gpt2Model>;
  if (!tokenizer) {
    const advice = 'Run a model that loadModel has read.';
    throw new InputError(mustBe('openTrace: model', 'one with a tokenizer', 'one without', advice));
  }
  const about = aboutRun({
    model: { name: 'model', sha256: null },
    config,
    activationParameters: weights.h.map(({ mlp }) => mlp.act.parameters),
    tokens: trace.ids.map((id) => tokenizer.token(id)),
    made: { date: new Date().toISOString(), tool: 'gpt2-lens', version },
    dtype: 'F32'
  });
  const recording = { about, config, pieces: tokenizer.pieces(), arrays: new Map() };
  return new RecordedEngine(recording, onneed, traceReads(trace));
}
