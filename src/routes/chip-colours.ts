import type { Explorer } from '$lib/state';
import { chipFills, chipScale, type ChipFill, type Theme } from '$lib/viz';

export { ChipColours } from '$lib/viz';

/** What has been measured of the prompt's tokens; undefined until it is there, or where nothing is asked. */
export function saliencyOf({ why, view }: Explorer) {
  const questions = why?.questions;
  if (view.chips === 'none' || !questions) return undefined;
  return questions.saliency.of(questions.chipQuestion).result ?? undefined;
}

/** The colours of the prompt's chips; undefined where there are none. */
export function fillsOf(explorer: Explorer, theme: Theme): ChipFill[] | undefined {
  const found = saliencyOf(explorer);
  const isOfPrompt = found?.values.length === explorer.tokens.length;
  return found && isOfPrompt ? chipFills(chipScale(theme, found.values), found.values) : undefined;
}
