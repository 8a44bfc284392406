import { generate, generateAll, softmax, topTokens } from '../../gpt2/index.ts';
import { printSize, printTensor } from '../tensor-print/index.ts';
import type { CheckContext } from './context.ts';
import { pythonList, pythonQuoted } from './python-text.ts';
import type { CheckSpec } from './types.ts';

type Spec<N extends CheckSpec['name']> = Extract<CheckSpec, { name: N }>;

const PERCENT = 100;

function printRows(rows: readonly (readonly number[])[]): string {
  return printTensor({ shape: [rows.length, rows[0].length], data: rows.flat(), dtype: 'int64' });
}

function printRow(row: readonly number[]): string {
  return printTensor({ shape: [row.length], data: row, dtype: 'int64' });
}

export function encoded(context: CheckContext, { prompts }: Spec<'encoded'>): string {
  const { ids, mask } = context.batch(prompts);
  return `{'input_ids': ${printRows(ids)}, 'attention_mask': ${printRows(mask)}}`;
}

export function ids(context: CheckContext, { prompts, row, print }: Spec<'ids'>): string {
  const batch = context.batch(prompts);
  if (row === undefined) return printRows(batch.ids);
  return print === 'list' ? `[${batch.ids[row].join(', ')}]` : printRow(batch.ids[row]);
}

export function mask(context: CheckContext, { prompts, row }: Spec<'mask'>): string {
  const batch = context.batch(prompts);
  return row === undefined ? printRows(batch.mask) : printRow(batch.mask[row]);
}

export function pieces(context: CheckContext, { prompts, row }: Spec<'pieces'>): string {
  const { pieces: all } = context.model.tokenizer.pieces();
  return pythonList(context.batch(prompts).ids[row].map((id) => all[id] ?? ''));
}

const CUT = '...'; // after a text that a table of pandas has no room for; one letter more stays free

export function padded_text(
  context: CheckContext,
  { prompts, row, widest = Infinity }: Spec<'padded_text'>
): string {
  const text = context.model.tokenizer.decode(context.batch(prompts).ids[row]);
  return text.length > widest ? text.slice(0, widest - CUT.length - 1) + CUT : text;
}

export function filled_right(context: CheckContext, { prompt, T, filler }: Spec<'filled_right'>): string {
  const ids = context.encode(prompt);
  return `[${[...ids, ...new Array<number>(T - ids.length).fill(filler)].join(', ')}]`;
}

export function first_word(context: CheckContext, { prompt }: Spec<'first_word'>): string {
  return `First output word: ${context.model.tokenizer.decode(context.encode(prompt).slice(0, 1))}`;
}

export function token_line(context: CheckContext, { prompt, position }: Spec<'token_line'>): string {
  const id = context.encode(prompt)[position];
  return `${id} \t-> '${context.model.tokenizer.decode([id])}'`;
}

/** The token of a rank in the distribution after a prompt, written as the source writes it. */
export async function top_token(context: CheckContext, spec: Spec<'top_token'>): Promise<string> {
  const trace = await context.traceIds(await context.greedy(spec.prompt, spec.after));
  const logits = await trace.logits('last');
  const id = topTokens(logits, spec.rank + 1)[spec.rank];
  const text = context.model.tokenizer.decode([id]);
  const probability = softmax(logits)[id];
  switch (spec.write) {
    case 'index':
      return `Index: ${id}, Value: ${logits[id]}, Decoded: ${text}`;
    case 'rounded':
      return `${Number(probability.toFixed(3))} \t ${text}`;
    case 'argmax':
      return `index ${id} with probability ${probability}`;
    case 'quoted':
      return pythonQuoted(text);
  }
}

export async function top_token_padded(
  context: CheckContext,
  { prompts, row, rank }: Spec<'top_token_padded'>
): Promise<string> {
  const logits = await context.paddedLogits(context.batch(prompts), row);
  const id = topTokens(logits, rank + 1)[rank];
  const text = context.model.tokenizer.decode([id]).replaceAll('\n', '\\n').trim();
  return `${text}(${(PERCENT * softmax(logits)[id]).toFixed(2)}%)`;
}

export async function greedy(
  context: CheckContext,
  { prompt, steps, print }: Spec<'greedy'>
): Promise<string> {
  const all = await context.greedy(prompt, steps);
  return print === 'size' ? printSize([1, all.length]) : context.model.tokenizer.decode(all);
}

/** The best sequence of `generate`. */
export async function generated(
  { model }: CheckContext,
  { prompt, options }: Spec<'generated'>
): Promise<string> {
  const ids = model.tokenizer.encode(prompt).map(({ id }) => id);
  const { result } = await generateAll(generate(model, ids, options));
  return model.tokenizer.decode(result.sequences[0].ids);
}

/**
 * Beam search as a source writes it out: of the best continuations of each beam those are kept whose probabilities,
 * multiplied from the first new token on, are the largest.
 */
export async function beams_by_hand(
  context: CheckContext,
  { prompt, steps, num_beams }: Spec<'beams_by_hand'>
): Promise<string> {
  let beams = [{ ids: context.encode(prompt), probability: 1 }];
  for (let step = 0; step < steps; step++) {
    const continued: typeof beams = [];
    for (const { ids, probability } of beams) {
      const next = softmax(await (await context.traceIds(ids)).logits('last'));
      const best = topTokens(next, num_beams);
      continued.push(...best.map((id) => ({ ids: [...ids, id], probability: probability * next[id] })));
    }
    beams = continued.sort((a, b) => b.probability - a.probability).slice(0, num_beams);
  }
  return context.model.tokenizer.decode(beams[0].ids);
}

export function softmaxOf(_: CheckContext, { logits, temperature }: Spec<'softmax'>): string {
  return printTensor({ shape: [logits.length], data: softmax(logits, temperature) });
}
