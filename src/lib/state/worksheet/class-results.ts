import { isRight, type AnswersFile, type Task, type Worksheet } from './worksheet';

/** How a class answered one task. */
export interface TaskResult {
  readonly task: Task;
  readonly right: number;
  /** Answers of which it is known whether they are right. */
  readonly judged: number;
  readonly answered: number;
  /** Each answer with the number of pupils who gave it, the most frequent first. */
  readonly counts: readonly { readonly given: string; readonly pupils: number }[];
  /** Of a token: each pupil's probability, by the model; and that of its best token. */
  readonly shares: readonly { readonly name: string; readonly given: number; readonly best: number }[];
}

const sheetKey = ({ title, tasks }: Worksheet) => JSON.stringify([title, tasks]);

/** Adds a file; a newer one of the same pupil takes the older one's place. Another worksheet's is left out. */
export function withFile(
  files: readonly AnswersFile[],
  file: AnswersFile
): { readonly files: readonly AnswersFile[]; readonly isOther: boolean } {
  if (files.length > 0 && sheetKey(files[0].sheet) !== sheetKey(file.sheet)) return { files, isOther: true };
  const before = files.find(({ name }) => name === file.name);
  if (before && before.saved >= file.saved) return { files, isOther: false };
  const others = files.filter(({ name }) => name !== file.name);
  return { files: [...others, file].sort((a, b) => a.name.localeCompare(b.name)), isOther: false };
}

/** The class's answers, task by task. */
export function classResults(files: readonly AnswersFile[]): TaskResult[] {
  const tasks = files[0]?.sheet.tasks ?? [];
  return tasks.map((task, at) => {
    const answers = files.map(({ name, answers: all }) => ({ name, ...all[at] }));
    const given = answers.filter((answer) => answer.given !== '');
    const marks = given.map((answer) => isRight(task, answer)).filter((mark) => mark !== null);
    const texts = [...new Set(given.map((answer) => answer.given))];
    const counts = texts
      .map((text) => ({ given: text, pupils: given.filter((answer) => answer.given === text).length }))
      .sort((a, b) => b.pupils - a.pupils);
    const shares = given.flatMap(({ name, model }) =>
      model ? [{ name, given: model.given, best: model.best }] : []
    );
    return {
      task,
      right: marks.filter(Boolean).length,
      judged: marks.length,
      answered: given.length,
      counts,
      shares
    };
  });
}

/** One row a pupil: the name, and per task the answer, with ✓ or ✗ where it is known. */
export function classTable(files: readonly AnswersFile[]): string[][] {
  return files.map(({ name, sheet, answers }) => [
    name,
    ...answers.map((answer, at) => {
      const mark = isRight(sheet.tasks[at], answer);
      return mark === null ? answer.given : `${answer.given} ${mark ? '✓' : '✗'}`;
    })
  ]);
}
