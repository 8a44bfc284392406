import type { Lesson, LessonLanguage, LessonMeta } from './types';

const metas = import.meta.glob<LessonMeta>('/src/lessons/*.md', {
  query: '?meta',
  import: 'default',
  eager: true
});
const files = import.meta.glob<Lesson>('/src/lessons/*.md', { import: 'default' });

/** The language that every lesson is written in; others are translations of it. */
const FIRST: LessonLanguage = 'en';

/** A lesson of the catalogue, in one of its languages. */
export interface CatalogueLesson extends LessonMeta {
  /** All languages that there are of it, the first one first. */
  readonly languages: readonly LessonLanguage[];
}

const all = Object.values(metas);
const originals = all.filter(({ language }) => language === FIRST).sort((a, b) => a.order - b.order);

/** Names of all lessons, in the catalogue's order. */
export const lessonNames: readonly string[] = originals.map(({ name }) => name);

/** Every lesson once, in the catalogue's order: in the wanted language where there is a translation. */
export function catalogue(wanted: LessonLanguage): CatalogueLesson[] {
  return originals.map((original) => {
    const translations = all.filter(({ name, language }) => name === original.name && language !== FIRST);
    const shown = translations.find(({ language }) => language === wanted) ?? original;
    return { ...shown, languages: [FIRST, ...translations.map(({ language }) => language)] };
  });
}

/** Loads one lesson in the wanted language, or in its first one; null if there is none of that name. */
export async function loadLesson(name: string, wanted: LessonLanguage): Promise<Lesson | null> {
  if (!lessonNames.includes(name)) return null; // a translation has no address of its own
  const original = `/src/lessons/${name}.md`;
  const load = files[original.replace(/md$/, `${wanted}.md`)] ?? files[original];
  return load ? load() : null;
}
