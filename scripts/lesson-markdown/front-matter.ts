/** What stands above a lesson's text, between two lines of `---`. */
import { parse as parseYaml } from 'yaml';
import type { LessonLanguage, LessonMeta } from '../../src/lib/lesson/types.ts';

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;

/** A lesson without what stands above its text. */
export function bodyOf(text: string): string {
  return text.replace(FRONT_MATTER, '');
}

/** The file is not a lesson: says what is wrong and where. */
export class LessonError extends Error {
  override name = 'LessonError';
}

/** Reads a field above the text. Throws LessonError that names it. */
type ReadField = <T>(key: string, type: 'string' | 'number', fallback?: T) => T;

function readFront(file: string, text: string): ReadField {
  const front = FRONT_MATTER.exec(text);
  if (!front)
    throw new LessonError(`${file} must begin with "---" and the title, got none. See docs/lessons.md.`);
  const given = parseYaml(front[1]) as Record<string, unknown>;
  return <T>(key: string, type: 'string' | 'number', fallback?: T): T => {
    const value = given[key] ?? fallback;
    if (typeof value === type || (value === null && fallback === null)) return value as T;
    throw new LessonError(
      `${file}: ${key} must be a ${type}, got ${String(given[key])}. Write it above the text.`
    );
  };
}

/** The words before `---`, checked. Throws LessonError that names the field. */
export function parseMeta(name: string, text: string): LessonMeta {
  const need = readFront(`${name}.md`, text);
  return {
    name,
    language: 'en',
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

/** What a translation says above its text; everything else is the first file's. */
export function parseTranslatedMeta(
  original: LessonMeta,
  language: LessonLanguage,
  text: string
): LessonMeta {
  const need = readFront(`${original.name}.${language}.md`, text);
  return {
    ...original,
    language,
    title: need('title', 'string'),
    summary: need('summary', 'string'),
    source: original.source === null ? null : need('source', 'string')
  };
}
