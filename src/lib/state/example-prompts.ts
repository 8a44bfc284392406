/** Prompts in the embedded model's domain (simple stories, lists, brackets, copying), each for one thing to see. */
export const EXAMPLE_PROMPTS = {
  names: 'When Mary and John went to the store, John gave a drink to',
  story: 'Once upon a time, there was a little girl named Lily. She liked to play in the',
  pronoun: 'Tom was sad because his dog ran away. Mia was happy because',
  days: 'Monday, Tuesday, Wednesday, Thursday,',
  counting: 'one, two, three, four, five,',
  quotes: 'The cat said, "I want to play with you',
  brackets: 'The box (the big red one',
  copying: 'river lamp seven yellow music river lamp seven yellow',
  bytes: 'She saw a 🦊 in the park.\nThe 🦊 was'
} as const;

export type ExampleName = keyof typeof EXAMPLE_PROMPTS;

/** A head to open an example on, and the earlier token that it reads from at the prompt's last position. */
export interface TellingHead {
  readonly layer: number;
  readonly head: number;
  /** Position of that token. */
  readonly key: number;
  /** Its text. */
  readonly token: string;
}

/** The model whose heads these are. */
export const TELLING_MODEL = 'gpt2-nano';

/**
 * Of all heads of gpt2-nano, the one that gives the token which the example is about the most weight at the last
 * position; tests/state/telling-heads.test.ts measures every head again.
 */
export const TELLING_HEADS: Readonly<Record<ExampleName, TellingHead>> = {
  names: { layer: 9, head: 8, key: 1, token: ' Mary' },
  story: { layer: 8, head: 9, key: 11, token: ' Lily' },
  pronoun: { layer: 8, head: 9, key: 9, token: ' Mia' },
  days: { layer: 6, head: 2, key: 6, token: ' Thursday' },
  counting: { layer: 6, head: 2, key: 8, token: ' five' },
  quotes: { layer: 8, head: 5, key: 4, token: ' "' },
  brackets: { layer: 9, head: 10, key: 2, token: ' (' },
  copying: { layer: 10, head: 5, key: 4, token: ' music' },
  bytes: { layer: 5, head: 10, key: 14, token: '\ufffd' }
};

/** Decoding starts from this one: many tokens are likely after it, so every setting changes something. */
export const DECODE_EXAMPLE: ExampleName = 'story';
