import type { CellProgram } from '$lib/cells';
import { lessonLinkWords, linkWords } from '$lib/words';
import type { Say } from './reports.svelte';

export const LESSON_MODES = ['read', 'step', 'present'] as const;
export type LessonMode = (typeof LESSON_MODES)[number];

/** What a lesson adds to the link of the explorer. */
export interface LessonLink {
  mode: LessonMode;
  /** Name of the step that is shown, or that the page is scrolled to; null is the first. */
  step: string | null;
  /** The reader's text of the cells that were changed, by name. */
  edits: Readonly<Record<string, string>>;
}

const STEP = 'lesson_step'; // the explorer's own `step` counts decoded tokens
const EDIT = 'edit.'; // in front of a cell's name
const LONGEST_EDIT = 20_000; // characters

/** The lesson's fields of a link, as a query without `?`. */
export function formatLessonLink({ mode, step, edits }: LessonLink): string {
  const query = new URLSearchParams();
  if (mode !== 'read') query.set('mode', mode);
  if (step !== null) query.set(STEP, step);
  for (const [id, code] of Object.entries(edits)) query.set(EDIT + id, code);
  return query.toString();
}

/**
 * Reads the lesson's part of a link. Never throws: what this lesson does not have is left out and named.
 *
 * @param steps names of the lesson's steps
 * @param programs the lesson's cells
 */
export function parseLessonLink(
  text: string,
  steps: readonly string[],
  programs: readonly CellProgram[]
): { link: LessonLink; problems: Say[] } {
  const query = new URLSearchParams(text);
  const link: LessonLink = { mode: 'read', step: null, edits: {} };
  const problems: Say[] = [];
  const mode = query.get('mode');
  if (mode !== null) {
    const known = LESSON_MODES.find((name) => name === mode);
    if (known) link.mode = known;
    else problems.push(() => linkWords.refused('mode', linkWords.oneOf(LESSON_MODES)));
  }
  const step = query.get(STEP);
  if (step !== null) {
    if (steps.includes(step)) link.step = step;
    else problems.push(() => lessonLinkWords.noStep(step));
  }
  const edits: Record<string, string> = {};
  for (const [key, code] of query) {
    if (!key.startsWith(EDIT)) continue;
    const id = key.slice(EDIT.length);
    const own = programs.find((program) => program.id === id);
    if (own && code.length <= LONGEST_EDIT) edits[id] = code;
    else problems.push(() => lessonLinkWords.noCell(id));
  }
  return { link: { ...link, edits }, problems };
}
