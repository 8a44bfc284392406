import type { CellProgram } from '$lib/cells';
import { lessonLinkWords, linkWords } from '$lib/words';
import type { Say } from './reports.svelte';

export const LESSON_MODES = ['read', 'step', 'present'] as const;
export type LessonMode = (typeof LESSON_MODES)[number];

/** What a lesson adds to the link of the explorer. */
export interface LessonLink {
  mode: LessonMode;
  /** A step's question is answered before the next step opens. */
  gated: boolean;
  /** Name of the step that is shown, or that the page is scrolled to; null is the first. */
  step: string | null;
  /** The reader's text of the cells that were changed, by name. */
  edits: Readonly<Record<string, string>>;
  /** Cells of the reader's own, in the order in which they were added; their text is in `edits`. */
  added: readonly AddedCell[];
}

/** A cell of the reader's own. */
export interface AddedCell {
  readonly id: string;
  /** The step under which it stands. */
  readonly after: string;
}

const GATE = 'gate';
const STEP = 'lesson_step'; // the explorer's own `step` counts decoded tokens
const EDIT = 'edit.'; // in front of a cell's name
const ADDED = 'cell.'; // in front of the name of a cell of one's own
const OWN_NAME = /^mine-[1-9]\d{0,3}$/;
const MOST_ADDED = 50;
const LONGEST_EDIT = 20_000; // characters

/** The name of one more cell of one's own. */
export function nextOwnName(added: readonly AddedCell[]): string {
  const numbers = added.map(({ id }) => Number(id.slice('mine-'.length)));
  return `mine-${Math.max(0, ...numbers) + 1}`;
}

/**
 * Everything that is run, in order: the lesson's own, and each added cell under its step.
 *
 * @param steps names of all steps, in order; every program's name is one of them
 */
export function withAdded(
  programs: readonly CellProgram[],
  steps: readonly string[],
  added: readonly AddedCell[]
): CellProgram[] {
  const placed = [
    ...programs.map((program) => ({ program, step: program.id })),
    ...added.map(({ id, after }) => ({ program: { id, code: '' }, step: after }))
  ];
  const place = ({ step }: { step: string }) => steps.indexOf(step);
  return placed.sort((a, b) => place(a) - place(b)).map(({ program }) => program);
}

/** The lesson's fields of a link, as a query without `?`. */
export function formatLessonLink({ mode, gated, step, edits, added }: LessonLink): string {
  const query = new URLSearchParams();
  if (mode !== 'read') query.set('mode', mode);
  if (gated) query.set(GATE, '1');
  if (step !== null) query.set(STEP, step);
  for (const { id, after } of added) query.set(ADDED + id, after);
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
  const link: LessonLink = { mode: 'read', gated: query.get(GATE) === '1', step: null, edits: {}, added: [] };
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
  const added = readAdded(query, steps, problems);
  const all = [...programs, ...added];
  const edits: Record<string, string> = {};
  for (const [key, code] of query) {
    if (!key.startsWith(EDIT)) continue;
    const id = key.slice(EDIT.length);
    const own = all.find((program) => program.id === id);
    if (own && code.length <= LONGEST_EDIT) edits[id] = code;
    else problems.push(() => lessonLinkWords.noCell(id));
  }
  return { link: { ...link, edits, added }, problems };
}

function readAdded(query: URLSearchParams, steps: readonly string[], problems: Say[]): AddedCell[] {
  const added: AddedCell[] = [];
  for (const [key, after] of query) {
    if (!key.startsWith(ADDED)) continue;
    const id = key.slice(ADDED.length);
    const isNew = !added.some((cell) => cell.id === id);
    const fits = OWN_NAME.test(id) && steps.includes(after) && isNew && added.length < MOST_ADDED;
    if (fits) added.push({ id, after });
    else problems.push(() => lessonLinkWords.noPlace(id));
  }
  return added;
}
