import type { SentOptions, Engine, SentStep, TraceHandle } from '../../../src/lib/engine';
import {
  DEFAULT_SETTINGS,
  drawNumber,
  processScores,
  sampleIndex,
  topTokens,
  type GenerateResult
} from '../../../src/lib/gpt2';

/** Ids 0 to 3 are text, 4 ends it. */
export const VOCAB_SIZE = 5;
export const EOS = 4;

/** A stand-in for the worker: the token after id i is likely i + 1, of the text tokens. */
export class FakeEngine {
  readonly runs: number[][] = [];
  readonly released: number[] = [];
  /** Resolves each step of `generate`; without it they follow at once. */
  gate: (() => Promise<void>) | null = null;
  logitsAfter = (ids: readonly number[]): Float32Array => {
    const logits = new Float32Array(VOCAB_SIZE);
    logits[((ids.at(-1) ?? 0) + 1) % EOS] = Math.log(4); // 4/8 for it, 1/8 for each other
    return logits;
  };
  #traces = new Map<number, number[]>();

  asEngine(): Engine {
    return this as unknown as Engine;
  }

  async run(ids: readonly number[], signal?: AbortSignal): Promise<TraceHandle> {
    this.runs.push([...ids]);
    const trace = this.runs.length;
    this.#traces.set(trace, [...ids]);
    await Promise.resolve();
    signal?.throwIfAborted();
    return { trace, ids, lastLogits: this.logitsAfter(ids), milliseconds: 1 };
  }

  async logits(trace: number, position: number): Promise<Float32Array> {
    return this.logitsAfter(this.#traces.get(trace)!.slice(0, position + 1));
  }

  release(trace: number): void {
    this.released.push(trace);
  }

  async generate(
    prompt: readonly number[],
    options: SentOptions,
    onstep: (step: SentStep) => void,
    signal?: AbortSignal
  ): Promise<GenerateResult> {
    let ids = [...prompt];
    for (let step = 0; step < (options.max_new_tokens ?? 1); step++) {
      await this.gate?.();
      if (signal?.aborted) throw new DOMException('The call was cancelled.', 'AbortError');
      const settings = { ...DEFAULT_SETTINGS, ...options };
      const { scores, probabilities } = processScores(this.logitsAfter(ids), ids, settings);
      const draw = settings.do_sample ? drawNumber(options.seed ?? 0, ids.length) : null;
      const id = draw === null ? topTokens(scores, 1)[0] : sampleIndex(probabilities, draw);
      ids = [...ids, id];
      onstep({
        kind: 'token',
        step,
        prompt: 0,
        sequence: 0,
        id,
        ids,
        probability: probabilities[id],
        logProbability: Math.log(probabilities[id]),
        draw,
        top: [],
        processors: [],
        logits: this.logitsAfter(ids),
        scores: Float32Array.from(scores),
        hidden_states: null,
        attentions: null,
        stopped: id === EOS ? 'eos' : null
      });
      if (id === EOS) break;
    }
    const newIds = ids.slice(prompt.length);
    const sequence = { prompt: 0, ids, newIds, logProbability: 0, score: null, nodes: null };
    return { sequences: [{ ...sequence, stopped: 'length' }] };
  }
}
