/**
 * Reads a lesson's Markdown: front matter, words, cells (`ts` fences with a name), their Python, and questions.
 * docs/lessons.md says how one is written. A translation has words of its own and the cells of the first file.
 */
import { readdirSync } from 'node:fs';
import { marked, type Tokens } from 'marked';
import type {
  Lesson,
  LessonCell,
  PrintForm,
  LessonLanguage,
  LessonPlace,
  LessonQuestion,
  LessonStep
} from '../../src/lib/lesson/types.ts';
import { NORMS } from '../../src/lib/views/norms.ts';
import {
  bodyOf,
  LessonError,
  parseMeta,
  parseTranslatedMeta,
  plainText,
  readYaml,
  refuseUnknown
} from './front-matter.ts';
import { highlight } from './highlight.ts';

const SPECS = new URL('../../src/lib/views/specs/', import.meta.url);
/** What a cell can show: a view by the name of its spec, or one LayerNorm. */
const PICTURES = [...readdirSync(SPECS).map((file) => file.replace(/\.ts$/, '')), ...NORMS];
const PLACES: readonly LessonPlace[] = ['embed', 'attn', 'mlp', 'ln_f', 'output'];
const OPTIONS = ['map', 'picture', 'check', 'batch', 'whole', 'hidden'];
const TYPESCRIPT = ['ts', 'typescript', 'js', 'javascript'];
const PYTHON = ['python', 'py'];
/** Python of this name is not shown: a saved notebook begins with it. */
const SETUP = 'setup';
const QUESTION_FIELDS = ['question', 'choices', 'says', 'answer'];

interface Fence {
  readonly language: string;
  /** First word after the language, or ''. */
  readonly name: string;
  readonly options: Readonly<Record<string, string>>;
}

/** `ts input_embeds check=a,b map=embed batch` */
function parseFence(info: string): Fence {
  const [language = '', ...words] = info.trim().split(/\s+/);
  const name = words.find((word) => !word.includes('=')) ?? '';
  const pairs = words.filter((word) => word !== name).map((word) => word.split('=') as [string, string?]);
  return { language, name, options: Object.fromEntries(pairs.map(([key, value]) => [key, value ?? ''])) };
}

function printForm(options: Fence['options']): PrintForm {
  if ('whole' in options) return 'whole';
  return 'batch' in options ? 'batch' : 'plain';
}

/** Reads a whole lesson. Throws LessonError that names the cell. */
export async function parseLesson(name: string, given: string): Promise<Lesson> {
  const text = plainText(given);
  const meta = parseMeta(name, text);
  return { meta, ...(await build(`${name}.md`, text, null)) };
}

/**
 * Reads a lesson's translation: the same steps in the same order, with other words.
 *
 * Throws: LessonError that names the step that is missing or out of order.
 */
export async function parseTranslation(
  original: Lesson,
  language: LessonLanguage,
  given: string
): Promise<Lesson> {
  const text = plainText(given);
  const meta = parseTranslatedMeta(original.meta, language, text);
  const file = `${meta.name}.${language}.md`;
  const { steps } = await build(file, text, original);
  const { programs, pythonSetup } = original;
  return { meta, steps: alignSteps(file, original.steps, steps), programs, pythonSetup };
}

async function build(file: string, text: string, original: Lesson | null) {
  const builder = new LessonBuilder(file, original);
  for (const token of marked.lexer(bodyOf(text))) await builder.add(token as Tokens.Generic);
  return builder.finish();
}

/** Steps of words take the names of the first file's, so that a link leads to the same place in each language. */
function alignSteps(file: string, wanted: readonly LessonStep[], steps: readonly LessonStep[]): LessonStep[] {
  const isWords = ({ cell, question }: LessonStep) => cell === null && question === null;
  const count = Math.max(wanted.length, steps.length);
  return Array.from({ length: count }, (_, i) => {
    const [want, step] = [wanted.at(i), steps.at(i)];
    const same = want && step && (isWords(want) ? isWords(step) : want.id === step.id);
    if (same) return { ...step, id: want.id };
    throw new LessonError(
      `${file}: step ${i + 1} must be ${want?.id ?? 'the last'}, got ${step?.id ?? 'nothing'}. Keep the steps of the first file, in their order.`
    );
  });
}

/**
 * Reads a question; null if something is missing.
 *
 * @param original the question that this one translates, whose answer's program stays as it is
 */
function readQuestion(
  { question, choices, says = null }: Record<string, unknown>,
  original: LessonQuestion | null
): LessonQuestion | null {
  if (typeof question !== 'string' || (says !== null && typeof says !== 'string')) return null;
  if (choices === 'positions' || choices === 'token') return { question, choices, labels: [], says };
  if (!Array.isArray(choices)) return null;
  const labels = choices.map(String);
  const values = original ? original.choices : labels;
  return values.length === labels.length ? { question, choices: values, labels, says } : null;
}

class LessonBuilder {
  readonly #file: string;
  /** The lesson whose translation is read; null while it is read itself. */
  readonly #original: Lesson | null;
  readonly #steps: LessonStep[] = [];
  readonly #programs: { id: string; code: string }[] = [];
  #words: Tokens.Generic[] = [];
  #heading: string | null = null;
  #pythonSetup: string | null = null;

  constructor(file: string, original: Lesson | null) {
    this.#file = file;
    this.#original = original;
  }

  async add(token: Tokens.Generic): Promise<void> {
    if (token.type === 'heading' && token.depth <= 2) {
      this.#closeWords();
      this.#heading = String(token.text);
      return;
    }
    const fence = token.type === 'code' ? parseFence(String(token.lang ?? '')) : null;
    if (fence && TYPESCRIPT.includes(fence.language) && fence.name)
      await this.#addCell(fence, String(token.text));
    else if (fence && PYTHON.includes(fence.language) && fence.name === SETUP)
      this.#pythonSetup = String(token.text);
    else if (fence && PYTHON.includes(fence.language) && this.#canTakePython())
      await this.#addPython(String(token.text));
    else if (fence?.language === 'yaml' && fence.name === 'question')
      this.#addQuestion(fence, String(token.text));
    else this.#words.push(token);
  }

  finish(): Omit<Lesson, 'meta'> {
    this.#closeWords();
    return { steps: this.#steps, programs: this.#programs, pythonSetup: this.#pythonSetup };
  }

  async #addCell(fence: Fence, code: string): Promise<void> {
    if (this.#original) return this.#addOriginalCell(fence.name, code);
    refuseUnknown(this.#file, `an option of ${fence.name}`, Object.keys(fence.options), OPTIONS);
    const { check = '', picture = null } = fence.options;
    if (picture !== null) refuseUnknown(this.#file, `picture of ${fence.name}`, [picture], PICTURES);
    this.#addProgram(fence.name, code);
    const cell: LessonCell = {
      code: { text: code, html: await highlight(code, 'typescript') },
      python: null,
      checks: check === '' ? [] : check.split(','),
      picture,
      print: printForm(fence.options),
      hidden: 'hidden' in fence.options
    };
    this.#push({ id: fence.name, map: this.#place(fence), cell });
  }

  /** A translation names a cell by an empty fence. */
  #addOriginalCell(id: string, code: string): void {
    const step = this.#original!.steps.find((one) => one.id === id && one.cell);
    if (step && code.trim() === '') return this.#push({ id, map: step.map, cell: step.cell });
    const got = step ? 'code of its own' : 'no such cell there';
    throw new LessonError(
      `${this.#file}: cell ${id} must be an empty fence, named as in the first file, got ${got}. See docs/lessons.md.`
    );
  }

  /** Python stands right under the cell that it says the same as. */
  #canTakePython(): boolean {
    const last = this.#steps.at(-1);
    if (this.#original) return false;
    return this.#words.every(({ type }) => type === 'space') && last?.cell?.python === null;
  }

  async #addPython(code: string): Promise<void> {
    const step = this.#steps.pop()!;
    const python = { text: code, html: await highlight(code, 'python') };
    this.#steps.push({ ...step, cell: { ...step.cell!, python } });
  }

  #addQuestion(fence: Fence, text: string): void {
    const id = fence.options.id ?? '';
    const given = readYaml(this.#file, text, `the question ${id}`);
    refuseUnknown(this.#file, `a field of the question ${id}`, Object.keys(given), QUESTION_FIELDS);
    refuseUnknown(this.#file, `an option of the question ${id}`, Object.keys(fence.options), ['id', 'map']);
    const original = this.#original?.steps.find((step) => step.id === id)?.question ?? null;
    const question = readQuestion(given, original);
    const answer = this.#original ? '' : given.answer;
    if (question === null || typeof answer !== 'string' || id === '') {
      throw new LessonError(
        `${this.#file}: a question must have id=…, question, choices and answer, got "${text.slice(0, 60)}". See docs/lessons.md.`
      );
    }
    if (!this.#original) this.#addProgram(id, answer.trimEnd());
    const map = this.#original?.steps.find((step) => step.id === id)?.map ?? this.#place(fence);
    this.#push({ id, map, question });
  }

  #addProgram(id: string, code: string): void {
    if (this.#programs.some((program) => program.id === id)) {
      throw new LessonError(
        `${this.#file}: a name must be used once, got a second cell "${id}". Rename one.`
      );
    }
    this.#programs.push({ id, code });
  }

  #place({ name, options }: Fence): LessonPlace | null {
    if (options.map === undefined) return null;
    const place = PLACES.find((known) => known === options.map);
    if (place) return place;
    throw new LessonError(
      `${this.#file}: map of ${name} must be one of ${PLACES.join(', ')}, got ${options.map}. Correct it.`
    );
  }

  #push(step: Partial<LessonStep> & Pick<LessonStep, 'id'>): void {
    const html = marked.parser(this.#words as Parameters<typeof marked.parser>[0]);
    const markdown = this.#words
      .map(({ raw }) => String(raw))
      .join('')
      .trim();
    const empty = { map: null, cell: null, question: null };
    this.#steps.push({ heading: this.#heading, html, markdown, ...empty, ...step });
    this.#words = [];
    this.#heading = null;
  }

  /** Words that no cell follows are a step of their own. */
  #closeWords(): void {
    if (this.#heading === null && this.#words.every(({ type }) => type === 'space')) {
      this.#words = [];
      return;
    }
    const id = (this.#heading ?? `words ${this.#steps.length}`)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    this.#push({ id });
  }
}
