import { inLanguage } from '../spoken.svelte';

/** The pages of the site, by the names of their links. */
export const pageWords = inLanguage('pageWords', {
  explore: 'Explore',
  lessons: 'Lessons',
  models: 'Models',
  glossary: 'Glossary',
  /** Of the browser's tab. */
  title: (page: string) => `${page} · GPT-2 Lens`
});
