import type { LessonMeta } from '$lib/lesson';
import { DEFAULT_VIEW, formatView, type ViewState } from '$lib/state';

/** The view that a lesson starts from: the model, the prompt and the place that its source used. */
export function lessonView({ model, prompt, recording, layer, head, position }: LessonMeta): ViewState {
  const start = { ...DEFAULT_VIEW, prompt, recording, layer, head, position };
  return model === '' ? start : { ...start, model };
}

/** The fields to open: what the link says, and the lesson's own start for the rest. */
export function startLink(start: ViewState, given: string): string {
  const fields = new URLSearchParams(formatView(start));
  for (const [key, value] of new URLSearchParams(given)) fields.set(key, value);
  return fields.toString();
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  PageDown: 1,
  ' ': 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageUp: -1
};

/** Elements that use the arrow keys themselves. */
const OWN_KEYS = [
  'input',
  'textarea',
  'select',
  '[role=toolbar]',
  '[role=radiogroup]',
  '[role=slider]',
  '[role=tablist]',
  '[role=grid]',
  '[role=region]',
  '[role=application]'
].join(', ');

/** Steps to go for a key: 1, -1, or 0 where the key belongs to something on the page. */
export function stepByKey(event: KeyboardEvent): number {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return 0;
  const { target } = event;
  if (event.key === ' ' && target instanceof Element && target.closest('a, button, summary')) return 0;
  if (target instanceof Element && target.closest(OWN_KEYS)) return 0;
  return STEPS[event.key] ?? 0;
}
