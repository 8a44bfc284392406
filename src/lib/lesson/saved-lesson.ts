import { lessonWords } from '$lib/words';
import type { CellOutcome } from '$lib/cells';
import { printLine, printValue } from './print-value';
import type { Lesson, LessonStep, PrintForm } from './types';

/** A cell as it stands on the page when the lesson is saved. */
export interface SavedCell {
  readonly id: string;
  readonly code: string;
  /** The text is the reader's, not the lesson's. */
  readonly edited: boolean;
  /** Of this text; null if it has not run. */
  readonly outcome: CellOutcome | null;
}

/** All that a saved lesson is made of. */
export interface LessonToSave {
  readonly lesson: Lesson;
  /** Where it was saved from. */
  readonly address: string;
  /** A cell of the lesson by its name. */
  readonly cell: (id: string) => SavedCell;
  /** The reader's own cells under a step. */
  readonly added: (step: string) => readonly SavedCell[];
}

/** Code between backticks, one more than stand in it. */
function fence(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}\n${ticks}`;
}

/** What a cell printed and gave, as the page shows it; empty if it has not run. */
function resultText({ outcome }: SavedCell, print: PrintForm): string {
  if (!outcome) return '';
  const printed = outcome.printed.map(printLine);
  if (!outcome.ok) return [...printed, outcome.error].join('\n');
  return [...printed, printValue(outcome.value, print)].filter((text) => text !== '').join('\n');
}

function titleOf({ lesson, address }: LessonToSave): string {
  return `# ${lesson.meta.title}\n\n${lessonWords.file.from(address)}`;
}

function wordsOf({ heading, markdown, question }: LessonStep): string {
  const prediction = question ? `**${lessonWords.file.predict}** ${question.question}` : '';
  return [heading ? `## ${heading}` : '', markdown, prediction].filter((part) => part !== '').join('\n\n');
}

function codeAndResult(cell: SavedCell, print: PrintForm): string[] {
  const result = resultText(cell, print);
  const shown = result ? [`${lessonWords.file.result}\n\n${fence('text', result)}`] : [];
  return [fence('ts', cell.code), ...shown];
}

/**
 * A lesson as one Markdown file, with the code, results and pictures that stand on the page.
 *
 * @param pictures address of each picture by its step's name; a data URL keeps the file whole
 */
export function lessonMarkdown(saved: LessonToSave, pictures: ReadonlyMap<string, string>): string {
  const parts = saved.lesson.steps.flatMap((step) => {
    const { id, cell } = step;
    const picture = pictures.get(id);
    return [
      wordsOf(step),
      ...(cell ? codeAndResult(saved.cell(id), cell.print) : []),
      ...(cell?.python ? [fence('python', cell.python.text)] : []),
      ...(picture && cell?.picture ? [`![${lessonWords.file.picture(cell.picture)}](${picture})`] : []),
      ...saved.added(id).flatMap((own) => codeAndResult(own, 'plain'))
    ];
  });
  return `${[titleOf(saved), ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}

interface NotebookCell {
  readonly cell_type: 'markdown' | 'code';
  readonly id: string;
  readonly metadata: object;
  readonly source: readonly string[];
  readonly execution_count?: null;
  readonly outputs?: readonly never[];
}

const KERNEL = {
  kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
  language_info: { name: 'python' }
};

/** A notebook keeps each line with its end. */
const lines = (text: string): string[] => text.split(/(?<=\n)/);

/**
 * A lesson as a Jupyter notebook (nbformat 4.5): its words, and its Python as cells that run with transformers. What has no
 * Python, and what the reader has changed, stands in it as text with the page's own result.
 */
export function lessonNotebook(saved: LessonToSave): string {
  const cells: NotebookCell[] = [];
  const add = (kind: NotebookCell['cell_type'], text: string) => {
    if (text === '') return;
    const cell = { cell_type: kind, id: `cell-${cells.length}`, metadata: {}, source: lines(text) };
    cells.push(kind === 'code' ? { ...cell, execution_count: null, outputs: [] } : cell);
  };
  const addText = (note: string, cell: SavedCell, print: PrintForm) =>
    add('markdown', [note, ...codeAndResult(cell, print)].join('\n\n'));
  const { noPython, changed, install } = lessonWords.file;
  add('markdown', `${titleOf(saved)}\n\n${install}`);
  add('code', saved.lesson.pythonSetup ?? '');
  for (const step of saved.lesson.steps) {
    const { id, cell } = step;
    add('markdown', wordsOf(step));
    if (cell?.python) add('code', cell.python.text);
    if (cell && !cell.python) addText(noPython, saved.cell(id), cell.print);
    else if (cell && saved.cell(id).edited) addText(changed, saved.cell(id), cell.print);
    for (const own of saved.added(id)) addText(noPython, own, 'plain');
  }
  return `${JSON.stringify({ cells, metadata: KERNEL, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
