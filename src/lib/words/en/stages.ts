import { inLanguage } from '../spoken.svelte';

/** What stands between two pictures of one stage. */
export const stageWords = inLanguage('stageWords', {
  lensBelow: 'Logit lens · what each depth would say next'
});
