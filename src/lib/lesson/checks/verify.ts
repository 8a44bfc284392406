import type { Gpt2Config } from '../../gpt2/index.ts';
import { comparePrinted, type Comparison } from './compare.ts';
import { computeCheck } from './compute.ts';
import type { CheckContext } from './context.ts';
import type { SourceValue } from './types.ts';

/** One value of a source beside ours. */
export type Verdict =
  | ({ readonly value: SourceValue; readonly ours: string; readonly status: 'checked' } & Comparison)
  | { readonly value: SourceValue; readonly status: 'not computed'; readonly reason: string };

/** The sizes of GPT-2 small, which the sources ran. */
const SMALL: Partial<Gpt2Config> = { n_layer: 12, n_head: 12, n_embd: 768, n_ctx: 1024, vocab_size: 50257 };

/** True for a model of GPT-2 small's sizes: only then can the sources' values come out. */
export function isGpt2Small(config: Gpt2Config): boolean {
  return Object.entries(SMALL).every(([field, size]) => config[field as keyof Gpt2Config] === size);
}

/** Computes every value in turn. */
export async function* verify(
  context: CheckContext,
  values: readonly SourceValue[]
): AsyncGenerator<Verdict> {
  for (const value of values) {
    if (!value.check) {
      const reason = value.random ? "drawn with PyTorch's random numbers" : value.run!;
      yield { value, status: 'not computed', reason };
    } else {
      const ours = await computeCheck(context, value.check);
      yield { value, ours, status: 'checked', ...comparePrinted(value.printed, ours, value.cut) };
    }
  }
}
