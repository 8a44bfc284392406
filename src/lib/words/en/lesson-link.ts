import { inLanguage } from '../spoken.svelte';

/** What a lesson's link asks for and the lesson does not have. */
export const lessonLinkWords = inLanguage('lessonLinkWords', {
  noStep: (step: string) => `The link's step ${step} is not in this lesson; the first one is shown.`,
  noCell: (id: string) => `The link changes a cell ${id} that this lesson does not have; it was left out.`,
  noPlace: (id: string) => `The link's own cell ${id} has no place in this lesson; it was left out.`
});
