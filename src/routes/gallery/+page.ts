import answersUrl from './answers.json?url';
import type { PageLoad } from './$types';
import type { StoredAnswers } from './stored-engine';

export { trailingSlash } from '../models/+page';

/** The answers are a file of their own, which only this page asks for. */
export const load: PageLoad = async ({ fetch }) => {
  const response = await fetch(answersUrl);
  return { answers: (await response.json()) as StoredAnswers };
};
