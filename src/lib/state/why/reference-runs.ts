import type { EngineClient } from '$lib/engine';
import { topTokens, type Metric, type Token } from '$lib/gpt2';
import type { PromptTexts } from './prompt-pairs';

/** Runs beside the one on screen; whoever asked for them gives them back. */
export interface HeldRuns {
  readonly traces: readonly number[];
  /** One a pair: its own best token less the best of its other prompt. */
  readonly metrics: readonly Metric[];
}

/**
 * Runs both prompts of each pair, one after another.
 *
 * @param front tokens in front of every prompt
 * Memory: the caller releases the traces; none is held where a run fails or is cancelled.
 */
export async function runPairs(
  engine: EngineClient,
  pairs: readonly PromptTexts[],
  front: readonly Token[],
  signal: AbortSignal
): Promise<HeldRuns> {
  const traces: number[] = [];
  const metrics: Metric[] = [];
  const run = async (text: string): Promise<Float32Array> => {
    const ids = [...front, ...(await engine.tokenize(text))].map(({ id }) => id);
    const { trace, lastLogits } = await engine.runBeside(ids, signal);
    traces.push(trace);
    return lastLogits;
  };
  try {
    for (const { prompt, other } of pairs) {
      const [token] = topTokens(await run(prompt), 1);
      const minus = [...topTokens(await run(other), 2)].find((id) => id !== token);
      metrics.push({ token, minus });
    }
    return { traces, metrics };
  } catch (error) {
    for (const trace of traces) engine.release(trace);
    throw error;
  }
}
