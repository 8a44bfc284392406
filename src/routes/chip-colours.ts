import type { Explorer } from '$lib/state';
import { chipFills, chipScale, type ChipFill, type Theme } from '$lib/viz';
import { saliencyOf } from './saliency-of';

export { default as ColoursRow } from './ColoursRow.svelte';

/** The colours of the prompt's chips; undefined where there are none. */
export function fillsOf(explorer: Explorer, theme: Theme): ChipFill[] | undefined {
  const found = saliencyOf(explorer);
  const isOfPrompt = found?.values.length === explorer.prompt.tokens.length;
  return found && isOfPrompt ? chipFills(chipScale(theme, found.values), found.values) : undefined;
}
