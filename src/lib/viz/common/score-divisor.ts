/** What a head's scores are divided by: √d_head in GPT-2, and what a checkpoint asks for beside it. */
export interface ScoreDivisor {
  readonly value: number;
  /** As in a formula: `√64`; `(√64 · 3)` in block 2 of a model that divides by the block's number besides. */
  readonly text: string;
}

/** @param factor what the scores are multiplied with beside 1 / √d_head: `scoreFactor` of the block */
export function scoreDivisor(d_head: number, factor = 1): ScoreDivisor {
  const root = `√${d_head}`;
  const times = Math.round(1 / factor);
  const value = Math.sqrt(d_head) / factor;
  if (factor === 1) return { value, text: root };
  const isDivided = times > 1 && Math.abs(factor * times - 1) < Number.EPSILON * times;
  return isDivided ? { value, text: `(${root} · ${times})` } : { value, text: String(Math.round(value)) };
}
