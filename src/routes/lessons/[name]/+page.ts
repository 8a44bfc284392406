import { error } from '@sveltejs/kit';
import { lessonNames, loadLesson } from '$lib/lesson';
import { language } from '$lib/state';
import { lessonWords } from '$lib/words';
import type { EntryGenerator, PageLoad } from './$types';

/** A page is written for each lesson; its language is chosen when it is opened. */
export const entries: EntryGenerator = () => lessonNames.map((name) => ({ name }));

export const load: PageLoad = async ({ params, parent }) => {
  await parent(); // the language is known then
  const lesson = await loadLesson(params.name, language.code);
  if (!lesson) error(404, lessonWords.noLesson);
  return { lesson };
};
