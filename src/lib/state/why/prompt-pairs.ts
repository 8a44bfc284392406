/** Pairs that differ in one thing, of equally many tokens, which gpt2-nano tells apart: what causal measures compare. */
export const PROMPT_PAIRS = {
  names: {
    prompt: 'When Mary and John went to the store, John gave a drink to',
    other: 'When Mary and John went to the store, Mary gave a drink to'
  },
  numbers: {
    prompt: 'The war lasted from the year 1832 to the year 18',
    other: 'The war lasted from the year 1871 to the year 18'
  },
  fact: {
    prompt: 'Lily lives in London. Ben lives in Paris. Lily lives in',
    other: 'Lily lives in Rome. Ben lives in Paris. Lily lives in'
  },
  agreement: { prompt: 'The toys on the table', other: 'The toy on the table' },
  induction: {
    prompt: 'river lamp seven yellow music river lamp seven yellow',
    other: 'river lamp seven yellow apple river lamp seven yellow'
  }
} as const;

export type PairName = keyof typeof PROMPT_PAIRS;
