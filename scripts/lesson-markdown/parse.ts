/**
 * Reads a lesson's Markdown: front matter, words, cells (`ts` fences with a name), their Python, and questions.
 * docs/lessons.md says how one is written.
 */
import { marked, type Tokens } from 'marked';
import { parse as parseYaml } from 'yaml';
import type { Lesson, LessonCell, LessonMeta, LessonPlace, LessonStep } from '../../src/lib/lesson/types.ts';
import { highlight } from './highlight.ts';

const PLACES: readonly LessonPlace[] = ['embed', 'attn', 'mlp', 'ln_f', 'output'];
const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;

/** The file is not a lesson: says what is wrong and where. */
export class LessonError extends Error {
  override name = 'LessonError';
}

/** The words before `---`, checked. Throws LessonError that names the field. */
export function parseMeta(name: string, text: string): LessonMeta {
  const front = FRONT_MATTER.exec(text);
  if (!front)
    throw new LessonError(`${name}.md must begin with "---" and the title, got none. See docs/lessons.md.`);
  const given = parseYaml(front[1]) as Record<string, unknown>;
  const need = <T>(key: string, type: 'string' | 'number', fallback?: T): T => {
    const value = given[key] ?? fallback;
    if (typeof value === type || (value === null && fallback === null)) return value as T;
    throw new LessonError(
      `${name}.md: ${key} must be a ${type}, got ${String(given[key])}. Write it above the text.`
    );
  };
  return {
    name,
    title: need('title', 'string'),
    summary: need('summary', 'string'),
    order: need('order', 'number'),
    source: need<string | null>('source', 'string', null),
    prompt: need('prompt', 'string'),
    layer: need('layer', 'number', 0),
    head: need('head', 'number', 0),
    position: need<number | null>('position', 'number', null),
    minutes: need('minutes', 'number')
  };
}

interface Fence {
  readonly language: string;
  /** First word behind the language, or ''. */
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

/** Reads a whole lesson. Throws LessonError that names the cell. */
export async function parseLesson(name: string, text: string): Promise<Lesson> {
  const meta = parseMeta(name, text);
  const builder = new LessonBuilder(name);
  for (const token of marked.lexer(text.replace(FRONT_MATTER, '')))
    await builder.add(token as Tokens.Generic);
  return { meta, ...builder.finish() };
}

class LessonBuilder {
  readonly #name: string;
  readonly #steps: LessonStep[] = [];
  readonly #programs: { id: string; code: string }[] = [];
  #words: Tokens.Generic[] = [];
  #heading: string | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  async add(token: Tokens.Generic): Promise<void> {
    if (token.type === 'heading' && token.depth <= 2) {
      this.#closeWords();
      this.#heading = String(token.text);
      return;
    }
    const fence = token.type === 'code' ? parseFence(String(token.lang ?? '')) : null;
    if (fence?.language === 'ts' && fence.name) await this.#addCell(fence, String(token.text));
    else if (fence?.language === 'python' && this.#canTakePython()) await this.#addPython(String(token.text));
    else if (fence?.language === 'yaml' && fence.name === 'question')
      this.#addQuestion(fence, String(token.text));
    else this.#words.push(token);
  }

  finish(): Pick<Lesson, 'steps' | 'programs'> {
    this.#closeWords();
    return { steps: this.#steps, programs: this.#programs };
  }

  async #addCell(fence: Fence, code: string): Promise<void> {
    const { check = '', picture = null } = fence.options;
    this.#addProgram(fence.name, code);
    const cell: LessonCell = {
      code: { text: code, html: await highlight(code, 'typescript') },
      python: null,
      checks: check === '' ? [] : check.split(','),
      picture,
      batch: 'batch' in fence.options
    };
    this.#push({ id: fence.name, map: this.#place(fence), cell });
  }

  /** Python stands right under the cell that it says the same as. */
  #canTakePython(): boolean {
    const last = this.#steps.at(-1);
    return this.#words.every(({ type }) => type === 'space') && last?.cell?.python === null;
  }

  async #addPython(code: string): Promise<void> {
    const step = this.#steps.pop()!;
    const python = { text: code, html: await highlight(code, 'python') };
    this.#steps.push({ ...step, cell: { ...step.cell!, python } });
  }

  #addQuestion(fence: Fence, text: string): void {
    const { question, choices, answer } = parseYaml(text) as Record<string, unknown>;
    const id = fence.options.id ?? '';
    const known = Array.isArray(choices) || choices === 'positions' || choices === 'token';
    if (typeof question !== 'string' || typeof answer !== 'string' || !known || id === '') {
      throw new LessonError(
        `${this.#name}.md: a question must have id=…, question, choices and answer, got "${text.slice(0, 60)}". See docs/lessons.md.`
      );
    }
    this.#addProgram(id, answer.trimEnd());
    const asked = {
      question,
      choices: Array.isArray(choices) ? choices.map(String) : (choices as 'positions' | 'token')
    };
    this.#push({ id, map: this.#place(fence), question: asked });
  }

  #addProgram(id: string, code: string): void {
    if (this.#programs.some((program) => program.id === id)) {
      throw new LessonError(
        `${this.#name}.md: a name must be used once, got a second cell "${id}". Rename one.`
      );
    }
    this.#programs.push({ id, code });
  }

  #place({ name, options }: Fence): LessonPlace | null {
    if (options.map === undefined) return null;
    const place = PLACES.find((known) => known === options.map);
    if (place) return place;
    throw new LessonError(
      `${this.#name}.md: map of ${name} must be one of ${PLACES.join(', ')}, got ${options.map}. Correct it.`
    );
  }

  #push(step: Partial<LessonStep> & Pick<LessonStep, 'id'>): void {
    const html = marked.parser(this.#words as Parameters<typeof marked.parser>[0]);
    this.#steps.push({ heading: this.#heading, html, map: null, cell: null, question: null, ...step });
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
