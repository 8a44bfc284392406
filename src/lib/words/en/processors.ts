import { inLanguage } from '../spoken.svelte';

/** The processors of the decode view by their options' names, and how their values are written. */
export const processorWords = inLanguage('processorWords', {
  labels: {
    repetition_penalty: 'repetition penalty',
    no_repeat_ngram_size: 'no-repeat n-gram',
    temperature: 'temperature',
    top_k: 'top-k',
    top_p: 'top-p',
    min_p: 'min-p',
    typical_p: 'typical-p'
  },
  /** One in use. */
  setting: (label: string, value: number) => `${label} ${value}`,
  off: 'off'
});
