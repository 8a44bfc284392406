import { InputError, mustBe } from '../errors.ts';
import type { Gpt2Generator } from '../model/model.ts';
import { sampleIndex, seededRandom } from '../numbers/random.ts';
import { MAX_SEED } from '../numbers/seed.ts';
import { topTokens } from '../numbers/ranks.ts';
import { logProbabilityOf } from '../numbers/softmax.ts';
import { processScores } from './processors.ts';
import type { Stepper } from './stepper.ts';
import { stopRule, type StopRule } from './stop.ts';
import { summariseProcessor, topEntries } from './top-entries.ts';
import type { CheckedOptions, GenerateResult, LayerCache, StopReason, TokenStep } from './types.ts';

/** A sequence as it grows. */
interface Growing {
  readonly prompt: number;
  readonly sequence: number;
  readonly promptLength: number;
  ids: readonly number[];
  logProbability: number;
  stopped: StopReason | null;
  /** The draws of this sequence, one a token. */
  readonly next: () => number;
}

/**
 * Greedy decoding and sampling: one token for each sequence and step, until all have ended.
 *
 * Memory: the caller disposes the stepper.
 */
export async function* generateTokens(
  model: Gpt2Generator,
  prompts: readonly (readonly number[])[],
  options: CheckedOptions,
  stepper: Stepper
): AsyncGenerator<TokenStep, GenerateResult, void> {
  const stop = stopRule(options, model.tokenizer);
  const sequences = startSequences(prompts, options);
  for (let step = 0; ; step++) {
    const reader = new CacheReader(stepper);
    try {
      for (const [row, growing] of sequences.entries()) {
        if (!growing.stopped) yield addToken(growing, row, step, options, stop, stepper, reader);
      }
    } finally {
      reader.close();
    }
    if (sequences.every(({ stopped }) => stopped)) return { sequences: sequences.map(finish) };
    options.signal?.throwIfAborted();
    await stepper.append(sequences.map(({ ids }) => ids[ids.length - 1])); // of ended ones the last, and unused
  }
}

/** Lets the cache be read while the step that it belongs to is the current one. */
class CacheReader {
  readonly #stepper: Stepper;
  #open = true;

  constructor(stepper: Stepper) {
    this.#stepper = stepper;
  }

  read(row: number): Promise<readonly LayerCache[]> {
    if (this.#open) return this.#stepper.pastKeyValues(row);
    const advice = 'Read it before the next step is asked for.';
    const where = 'pastKeyValues: step';
    return Promise.reject(
      new InputError(mustBe(where, "the iterator's current one", 'an earlier one', advice))
    );
  }

  close(): void {
    this.#open = false;
  }
}

function startSequences(
  prompts: readonly (readonly number[])[],
  { num_return_sequences, do_sample, seed }: CheckedOptions
): Growing[] {
  return prompts.flatMap((ids, prompt) =>
    Array.from({ length: num_return_sequences }, (_, sequence) => ({
      prompt,
      sequence,
      promptLength: ids.length,
      ids,
      logProbability: 0,
      stopped: null,
      next: do_sample ? drawsAfter((seed + sequence) % (MAX_SEED + 1), ids.length) : () => NaN
    }))
  );
}

/** The seed's numbers from the T-th on: as `drawNumber(seed, T)`, then T + 1, without starting over at each. */
function drawsAfter(seed: number, T: number): () => number {
  const next = seededRandom(seed);
  for (let skipped = 1; skipped < T; skipped++) next();
  return next;
}

/** Takes the next token of a sequence. */
function addToken(
  growing: Growing,
  row: number,
  step: number,
  options: CheckedOptions,
  stop: StopRule,
  stepper: Stepper,
  reader: CacheReader
): TokenStep {
  const token = nextToken(growing, stepper.logits[row], options);
  growing.ids = [...growing.ids, token.id];
  growing.logProbability += token.logProbability;
  growing.stopped = stop(growing.ids, step + 1);
  const { prompt, sequence, ids, stopped } = growing;
  return {
    kind: 'token',
    step,
    prompt,
    sequence,
    ids,
    stopped,
    ...token,
    ...stepper.activations(row),
    pastKeyValues: () => reader.read(row)
  };
}

type ChosenToken = Pick<
  TokenStep,
  'id' | 'probability' | 'logProbability' | 'draw' | 'logits' | 'scores' | 'top' | 'processors'
>;

function nextToken({ ids, next }: Growing, logits: Float32Array, options: CheckedOptions): ChosenToken {
  const { before, steps, scores, probabilities } = processScores(logits, ids, options);
  const draw = options.do_sample ? next() : null;
  const id = draw === null ? topTokens(scores, 1)[0] : sampleIndex(probabilities, draw);
  return {
    id,
    probability: probabilities[id],
    logProbability: logProbabilityOf(scores, id),
    draw,
    logits,
    scores: new Float32Array(scores),
    top: topEntries(logits, before, options.top),
    processors: steps.map((step) => summariseProcessor(step, options.top))
  };
}

function finish({ prompt, promptLength, ids, logProbability, stopped }: Growing) {
  return {
    prompt,
    ids,
    newIds: ids.slice(promptLength),
    logProbability,
    score: null,
    nodes: null,
    stopped: stopped!
  };
}
