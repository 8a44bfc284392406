/** What a head can be ranked by: five means of attention, the entropy of its rows, and the copying score of its weights. */
export const HEAD_SCORES = [
  'induction',
  'previous',
  'duplicate',
  'first',
  'self',
  'entropy',
  'copying'
] as const;
export type HeadScoreName = (typeof HEAD_SCORES)[number];
