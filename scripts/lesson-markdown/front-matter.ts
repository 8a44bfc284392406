/** What stands above a lesson's text, between two lines of `---`. */
import { parse as parseYaml } from 'yaml';
import type { LessonLanguage, LessonMeta } from '../../src/lib/lesson/types.ts';

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/;
const FIELDS = [
  'title',
  'summary',
  'order',
  'source',
  'prompt',
  'model',
  'text',
  'recording',
  'layer',
  'head',
  'position',
  'minutes'
];

/** A file's text with the line ends of Unix and without a byte-order mark, whatever editor wrote it. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

/** Reads YAML. Throws LessonError with the file, and the line in it. */
export function readYaml(file: string, text: string, place: string): Record<string, unknown> {
  let given: unknown;
  try {
    given = parseYaml(text);
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    throw new LessonError(
      `${file}: ${place} must be YAML, got ${reason} Put a text with a colon or quotes in it in quotes.`
    );
  }
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return given as Record<string, unknown>;
  }
  throw new LessonError(
    `${file}: ${place} must be lines of "name: value", got ${String(given)}. See docs/lessons.md.`
  );
}

/** Throws LessonError that names the first of the names that is not known. */
export function refuseUnknown(
  file: string,
  place: string,
  names: readonly string[],
  known: readonly string[]
): void {
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return;
  throw new LessonError(
    `${file}: ${place} must be of ${known.join(', ')}, got "${strange}". Correct its spelling.`
  );
}

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
  const given = readYaml(file, front[1], 'what stands above the text');
  refuseUnknown(file, 'a field above the text', Object.keys(given), FIELDS);
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
    model: need('model', 'string', ''),
    text: need('text', 'string', ''),
    recording: need('recording', 'string', ''),
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
