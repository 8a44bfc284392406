/** Prompts of different lengths side by side, filled up in front. */
export interface PaddedBatch {
  /** [prompts, T] */
  readonly ids: readonly (readonly number[])[];
  /** [prompts, T]: 1 for a token of the prompt, 0 for padding. */
  readonly mask: readonly (readonly number[])[];
  /** Padding in front of each prompt. */
  readonly padding: readonly number[];
}

/** Fills prompts up to the longest one, in front, as GPT-2 needs it to go on from the last token. */
export function padLeft(prompts: readonly (readonly number[])[], filler: number): PaddedBatch {
  const T = prompts.reduce((longest, ids) => Math.max(longest, ids.length), 0);
  const padding = prompts.map((ids) => T - ids.length);
  const front = (count: number, value: number) => new Array<number>(count).fill(value);
  return {
    ids: prompts.map((ids, row) => [...front(padding[row], filler), ...ids]),
    mask: prompts.map((ids, row) => [...front(padding[row], 0), ...ids.map(() => 1)]),
    padding
  };
}
