/** How far a converted model's logits are from those of the original. */
import { loadModel, runTrace, type Gpt2Model, type ModelFiles } from '../../src/lib/gpt2/index.ts';
import { MEASURE_TEXTS } from './measure-texts.ts';

/** Logits in nats. */
export interface LogitDistance {
  readonly texts: number;
  /** Positions of all texts together. */
  readonly positions: number;
  /** Largest and median absolute difference over all logits at all positions. */
  readonly largest: number;
  readonly median: number;
  /** Positions at which another token is the best. */
  readonly changed: number;
}

/** Logits that are held at once, as float32: those of the other texts wait. */
const MOST_LOGITS = 2 ** 28;

/**
 * Runs both models on the stored texts; a backend must have started.
 *
 * Memory: one model at a time, and the logits of the first on all texts.
 * Throws: what loading throws.
 */
export async function measureDistance(original: ModelFiles, converted: ModelFiles): Promise<LogitDistance> {
  const before = await logitsOf(original);
  const after = await logitsOf(converted);
  return distance(before, after);
}

/** Logits [T, vocab_size] of each text. */
interface TextLogits {
  readonly vocabSize: number;
  readonly texts: readonly Float32Array[];
}

async function logitsOf(files: ModelFiles): Promise<TextLogits> {
  const model = await loadModel(files);
  try {
    const texts: Float32Array[] = [];
    for (const text of MEASURE_TEXTS) texts.push(await logitsOfText(model, text));
    return { vocabSize: model.config.vocab_size, texts };
  } finally {
    model.dispose();
  }
}

async function logitsOfText(model: Gpt2Model, text: string): Promise<Float32Array> {
  const room = Math.floor(MOST_LOGITS / MEASURE_TEXTS.length / model.config.vocab_size);
  const ids = model.tokenizer.encode(text).map(({ id }) => id);
  const trace = await runTrace(model, ids.slice(0, Math.max(1, Math.min(model.config.n_ctx, room))));
  try {
    return await trace.logits('all');
  } finally {
    trace.dispose();
  }
}

/** Compares logits of the same texts. */
export function distance(before: TextLogits, after: TextLogits): LogitDistance {
  const { vocabSize, texts } = before;
  const differences = new Float32Array(texts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  let changed = 0;
  texts.forEach((logits, index) => {
    const other = after.texts[index];
    for (let i = 0; i < logits.length; i++) differences[at++] = Math.abs(logits[i] - other[i]);
    for (let row = 0; row < logits.length; row += vocabSize) {
      if (best(logits, row, vocabSize) !== best(other, row, vocabSize)) changed++;
    }
  });
  differences.sort();
  const middle = differences.length >> 1;
  const even = differences.length % 2 === 0;
  return {
    texts: texts.length,
    positions: differences.length / vocabSize,
    largest: differences.at(-1) ?? 0,
    median: even ? (differences[middle - 1] + differences[middle]) / 2 : differences[middle],
    changed
  };
}

function best(logits: Float32Array, start: number, count: number): number {
  let found = start;
  for (let i = start + 1; i < start + count; i++) if (logits[i] > logits[found]) found = i;
  return found - start;
}
