import { error } from '@sveltejs/kit';
import { lessonNames, loadLesson } from '$lib/lesson';
import type { EntryGenerator, PageLoad } from './$types';

/** A page is written for each lesson. */
export const entries: EntryGenerator = () => lessonNames.map((name) => ({ name }));

export const load: PageLoad = async ({ params }) => {
  const lesson = await loadLesson(params.name, 'en');
  if (!lesson) error(404, 'There is no lesson of that name.');
  return { lesson };
};
