/** How well a model expects a text: the cross-entropy that GPT-2 was trained to lower. */
import { summariseLogits } from '../numbers/distribution.ts';
import { InputError, mustBe } from '../errors.ts';
import { runTrace } from './forward.ts';
import { LENS_CHUNK } from './lens-chunk.ts';
import type { Edit, EditSources } from '../edit/types.ts';
import type { Gpt2Transformer } from '../model/model.ts';
import { nextTask } from '../next-task.ts';
import type { Trace } from './trace.ts';

export interface LossOptions extends EditSources {
  /** How many of the tokens expected instead to list per position; at least 1. */
  readonly top?: number;
  readonly signal?: AbortSignal;
  /** What to change inside the run. */
  readonly edits?: readonly Edit[];
}

/**
 * Loss of a text of T tokens. Entry i is about token i + 1, as expected from tokens 0 to i; the first token is
 * expected by nobody and has none.
 */
export interface TextLoss {
  /** Log-probability of each token; its loss is the negative. [T - 1], nats */
  readonly logProbabilities: Float64Array;
  /** Place of each token among all, 1 = best. [T - 1] */
  readonly ranks: Int32Array;
  /** How undecided the model was. [T - 1], nats */
  readonly entropies: Float32Array;
  /** Entries in each list of best tokens. */
  readonly top: number;
  /** What the model expected, best first. [T - 1, top] */
  readonly topIds: Int32Array;
  /** [T - 1, top] */
  readonly topProbabilities: Float64Array;
  /** Mean of the losses: Hugging Face's `loss`. nats */
  readonly mean: number;
  /** exp(mean): the number of equally likely tokens that would be as surprising. */
  readonly perplexity: number;
}

const DEFAULT_TOP = 5;
const NO_BLOCKS = 0; // bytes of block activations to keep: the loss reads none

/**
 * The loss of a text under a model.
 *
 *     loss[i] = -ln softmax(logits[i])[ids[i + 1]]
 *
 * Shapes: ids T whole numbers, T ≥ 2.
 * Units:  nats.
 * Memory: a few positions' logits at a time; leaves no tensor behind.
 * Throws: InputError if the ids cannot be run or are fewer than 2; the signal's reason if it is aborted.
 * Source: Hugging Face transformers, loss/loss_utils.py, ForCausalLMLoss.
 */
export async function loss(
  model: Gpt2Transformer,
  ids: readonly number[],
  options: LossOptions = {}
): Promise<TextLoss> {
  expectTwo(ids);
  const { top: _, ...run } = options;
  const trace = await runTrace(model, ids, { ...run, byteBudget: NO_BLOCKS });
  try {
    return await traceLoss(trace, options);
  } finally {
    trace.dispose();
  }
}

/**
 * The loss of a trace's own prompt, without another run. Memory, throws: as `loss`; the trace stays.
 */
export async function traceLoss(
  trace: Pick<Trace, 'ids' | 'n_layer' | 'lookAtLens'>,
  { top = DEFAULT_TOP, signal }: LossOptions = {}
): Promise<TextLoss> {
  expectTwo(trace.ids);
  if (top < 1) {
    throw new InputError(mustBe('loss: top', 'at least 1', top, 'The best token is always listed.'));
  }
  const count = trace.ids.length - 1;
  const found = {
    logProbabilities: new Float64Array(count),
    ranks: new Int32Array(count),
    entropies: new Float32Array(count),
    top,
    topIds: new Int32Array(count * top),
    topProbabilities: new Float64Array(count * top)
  };
  for (let start = 0; start < count; start += LENS_CHUNK) {
    if (start > 0) await nextTask();
    signal?.throwIfAborted();
    const rows = Math.min(LENS_CHUNK, count - start); // the last position predicts no token of the text
    const chunk = Math.min(LENS_CHUNK, trace.ids.length - start);
    await trace.lookAtLens(trace.n_layer, start, (logits) => {
      addChunk(found, start, rows, logits.subarray(0, (rows * logits.length) / chunk), trace.ids);
    });
  }
  const mean = -found.logProbabilities.reduce((sum, x) => sum + x, 0) / count;
  return { ...found, mean, perplexity: Math.exp(mean) };
}

function addChunk(
  found: Omit<TextLoss, 'mean' | 'perplexity'>,
  start: number,
  rows: number,
  logits: Float32Array,
  ids: readonly number[]
): void {
  const { top } = found;
  const vocab_size = logits.length / rows;
  const track = ids.slice(start + 1, start + 1 + rows);
  const summary = summariseLogits(logits, rows, vocab_size, { top, track });
  found.ranks.set(summary.rank!, start);
  found.entropies.set(summary.entropy, start);
  found.topIds.set(summary.topIds, start * top);
  found.topProbabilities.set(summary.topProbabilities, start * top);
  found.logProbabilities.set(summary.logProbability!, start);
}

function expectTwo(ids: readonly number[]): void {
  if (ids.length >= 2) return;
  const advice = 'The first token is expected by nobody: write more text.';
  throw new InputError(mustBe('loss: ids', 'at least 2 tokens', ids.length, advice));
}
