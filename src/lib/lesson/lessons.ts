import type { Lesson, LessonMeta } from './types';

const metas = import.meta.glob<LessonMeta>('/src/lessons/*.md', {
  query: '?meta',
  import: 'default',
  eager: true
});
const files = import.meta.glob<Lesson>('/src/lessons/*.md', { import: 'default' });

/** Every lesson, in the catalogue's order. */
export const catalogue: readonly LessonMeta[] = Object.values(metas).sort((a, b) => a.order - b.order);

/** Loads one lesson; null if there is none of that name. */
export async function loadLesson(name: string): Promise<Lesson | null> {
  const load = files[`/src/lessons/${name}.md`];
  return load ? load() : null;
}
