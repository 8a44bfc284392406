import { checkIds } from '../model/prompt-ids.ts';
import type { Gpt2Config } from '../model/config.ts';
import { InputError, mustBe } from '../errors.ts';

/** Prompts of different lengths as one rectangle: filler in front, so that all of them end in the last column. */
export interface LeftPadded {
  /** Prompts. */
  readonly B: number;
  /** Columns: the longest prompt's length. */
  readonly T: number;
  /** [B, T]: `<|endoftext|>` as filler, then the prompt. */
  readonly ids: Int32Array;
  /** [B, T]: 1 for a token of the prompt, 0 for filler. */
  readonly attention_mask: Uint8Array;
  /** [B, T]: 0, 1, 2, ... over the tokens of the prompt; 0 for filler. */
  readonly position_ids: Int32Array;
  /** Filler in front of each prompt. [B] */
  readonly padding: readonly number[];
}

/**
 * Left-pads prompts with end-of-text, with the attention mask and position ids that make each count as if it stood
 * alone.
 *
 * Throws: InputError if there is no prompt, or one of them cannot be run.
 * Source: Hugging Face transformers, tokenizer with padding_side='left'; generate's position_ids.
 */
export function padLeft(prompts: readonly (readonly number[])[], config: Gpt2Config): LeftPadded {
  const B = prompts.length;
  if (B === 0) {
    throw new InputError(mustBe('padLeft: prompts', 'at least 1 prompt', '0 prompts', 'Write one.'));
  }
  for (const ids of prompts) checkIds(ids, config);
  const T = Math.max(...prompts.map((ids) => ids.length));
  const ids = new Int32Array(B * T).fill(fillerId(config));
  const attention_mask = new Uint8Array(B * T);
  const position_ids = new Int32Array(B * T);
  const padding = prompts.map((prompt) => T - prompt.length);
  for (const [row, prompt] of prompts.entries()) {
    for (let position = 0; position < prompt.length; position++) {
      const at = row * T + padding[row] + position;
      ids[at] = prompt[position];
      attention_mask[at] = 1;
      position_ids[at] = position;
    }
  }
  return { B, T, ids, attention_mask, position_ids, padding };
}

/** The first end id, or the last id of a vocabulary that lacks it. */
export function fillerId({ eos_token_id, vocab_size }: Gpt2Config): number {
  return Math.min(eos_token_id[0] ?? 0, vocab_size - 1);
}
