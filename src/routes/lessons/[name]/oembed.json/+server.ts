import { json } from '@sveltejs/kit';
import { catalogue, lessonNames } from '$lib/lesson';
import type { EntryGenerator, RequestHandler } from './$types';

export const prerender = true;

export const entries: EntryGenerator = () => lessonNames.map((name) => ({ name }));

/** What oEmbed asks of a lesson's address: of the kind `link`, since `/embed/` alone may stand in a frame. */
export const GET: RequestHandler = ({ params }) => {
  const lesson = catalogue('en').find(({ name }) => name === params.name);
  return json({ version: '1.0', type: 'link', title: lesson?.title, provider_name: 'GPT-2 Lens' });
};
