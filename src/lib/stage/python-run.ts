import type { PythonRun } from '$lib/gpt2';
import type { Explorer, Run } from '$lib/state';

/** The run that a picture draws, as copied code starts it; null for one with edits, which code of its arrays would not have. */
export function pythonRunOf(
  { model: { entry }, models, why: { now: why } }: Explorer,
  run: Run
): PythonRun | null {
  if (run === why?.second.edited) return null;
  const name = run === why?.model.run ? why.model.name : entry?.name;
  const listed = models.catalogue?.models.find((model) => model.name === name);
  const model = listed?.hub?.id ?? `static/models/${listed?.folder ?? name}`;
  return { model, ids: run.handle.ids };
}
