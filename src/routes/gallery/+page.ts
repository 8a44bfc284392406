import answersUrl from './answers.json?url';
import type { PageLoad } from './$types';
import type { StoredAnswers } from './stored-engine';

/** gallery/index.html: found by every static server. */
export const trailingSlash = 'always';

/** The answers are a file of their own, which only this page asks for. */
export const load: PageLoad = async ({ fetch }) => {
  const response = await fetch(answersUrl);
  return { answers: (await response.json()) as StoredAnswers };
};
