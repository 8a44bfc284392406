import { inLanguage } from '../spoken.svelte';

/** What stands between two pictures of one stage. */
export const stageWords = inLanguage('stageWords', {
  lensBelow: 'Logit lens · what each depth would say next',
  decodeStory:
    'Decode opens with a story: after the first prompt one token has nearly everything, and no setting changes much. The first prompt comes back when you leave Decode, unless you add tokens.',
  backToFirst: 'Back to the first prompt'
});
