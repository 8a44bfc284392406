import type { Explorer } from '$lib/state';

/** What has been measured of the prompt's tokens; undefined until it is there, or where nothing is asked. */
export function saliencyOf({ why, selection: { view } }: Explorer) {
  const questions = why.now?.questions;
  if (view.chips === 'none' || !questions) return undefined;
  return questions.saliency.of(questions.chipQuestion).result ?? undefined;
}
