/** A prompt to start from. */
export interface Example {
  /** What it shows, in a word or two. */
  readonly label: string;
  readonly text: string;
}

/** Prompts in the embedded model's domain (simple stories, lists, brackets, copying), each for one thing to see. */
export const EXAMPLES: Example[] = [
  { label: 'Mary and John', text: 'When Mary and John went to the store, John gave a drink to' },
  {
    label: 'a story',
    text: 'Once upon a time, there was a little girl named Lily. She liked to play in the'
  },
  { label: 'he or she', text: 'Tom was sad because his dog ran away. Then Mia gave him a hug and' },
  { label: 'days', text: 'Monday, Tuesday, Wednesday, Thursday,' },
  { label: 'counting', text: 'one, two, three, four, five,' },
  { label: 'quotes', text: 'The cat said, "I want to play with you' },
  { label: 'brackets', text: 'The box (the big red one' },
  { label: 'copying', text: 'red blue green cat dog. red blue green cat' },
  { label: 'split bytes', text: 'She saw a 🦊 in the park.\nThe 🦊 was' }
];
