import * as v from 'valibot';

/** What a pupil is asked for: a next token, a head, a position of the prompt, a number, or words. */
export const TASK_KINDS = ['token', 'head', 'position', 'number', 'text'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

const MOST_TASKS = 30;
const MOST_LETTERS = 1000; // of one question
const MOST_FILE_LETTERS = 1_000_000; // far above what thirty answers take

const SHARE = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const TASK = v.object({
  kind: v.picklist(TASK_KINDS),
  ask: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  /** Of a token: the position after which it comes; left out: the last. */
  at: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  /** As a pupil writes it: "5.3", "4", "0.25"; of a token the model itself says it. Left out: no solution is given. */
  solution: v.optional(v.pipe(v.string(), v.maxLength(MOST_LETTERS))),
  /** Of a number: how far it may be off. */
  tolerance: v.optional(v.pipe(v.number(), v.minValue(0)))
});

const WORKSHEET = v.object({
  version: v.literal(1),
  title: v.pipe(v.string(), v.maxLength(MOST_LETTERS)),
  /** Views that can be opened, by their names; the first one is open. */
  views: v.pipe(v.array(v.string()), v.minLength(1)),
  /** Pupils can compare their answers with the solutions. */
  solutions: v.boolean(),
  tasks: v.pipe(v.array(TASK), v.minLength(1), v.maxLength(MOST_TASKS))
});

export type Task = v.InferOutput<typeof TASK>;
export type Worksheet = v.InferOutput<typeof WORKSHEET>;

/** Reads such a field; null if it is none. Never throws. */
export function parseWorksheet(text: string): Worksheet | null {
  return readJson(WORKSHEET, text);
}

const ANSWER = v.object({
  /** As the pupil gave it; empty: none. */
  given: v.string(),
  /** Of a token: what the model says, and both probabilities. */
  model: v.optional(v.object({ token: v.string(), best: SHARE, given: SHARE }))
});

const ANSWERS = v.object({
  kind: v.literal('gpt2-lens answers'),
  version: v.literal(1),
  name: v.string(),
  /** When it was saved, as ISO 8601 has it. */
  saved: v.string(),
  /** Name of the model, and the prompt, that the answers are about. */
  model: v.string(),
  prompt: v.string(),
  sheet: WORKSHEET,
  /** One a task. */
  answers: v.array(ANSWER)
});

export type Answer = v.InferOutput<typeof ANSWER>;
export type AnswersFile = v.InferOutput<typeof ANSWERS>;

/** @param saved when, as ISO 8601 has it */
export function formatAnswers(
  file: Omit<AnswersFile, 'kind' | 'version' | 'saved'>,
  saved = new Date().toISOString()
): string {
  return `${JSON.stringify({ kind: 'gpt2-lens answers', version: 1, saved, ...file }, null, 1)}\n`;
}

/** Reads a file of answers; null if it is none, or has not one answer a task. */
export function parseAnswers(text: string): AnswersFile | null {
  const file = readJson(ANSWERS, text);
  return file && file.answers.length === file.sheet.tasks.length ? file : null;
}

function readJson<const S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  if (text.length > MOST_FILE_LETTERS) return null;
  try {
    const { success, output } = v.safeParse(schema, JSON.parse(text));
    return success ? output : null;
  } catch {
    return null; // no JSON
  }
}

/** "5,25" and " 5.25" are the same number; NaN for what is none. */
export function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text.trim().replace(',', '.').replace('−', '-'));
}

/** Whether an answer is right; null where nothing says so: no answer, no solution, or words. */
export function isRight({ kind, solution, tolerance = 0 }: Task, { given, model }: Answer): boolean | null {
  if (given === '') return null;
  if (kind === 'token') return model ? model.given >= model.best : null;
  if (solution === undefined || kind === 'text') return null;
  if (kind === 'number') return Math.abs(numberOf(given) - numberOf(solution)) <= tolerance;
  return given.trim() === solution.trim();
}
