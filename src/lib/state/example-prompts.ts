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
