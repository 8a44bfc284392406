/** Twenty short texts of many kinds, on which a converted model is held beside the original. */
export const MEASURE_TEXTS: readonly string[] = [
  'When Mary and John went to the store, John gave a drink to Mary, who thanked him and left.',
  'Once upon a time there was a little girl who lived in a house at the edge of the forest.',
  'The capital of France is Paris, and the capital of Italy is Rome. The capital of Spain is',
  'The committee will publish its report on Tuesday, three weeks later than planned.',
  'To be, or not to be, that is the question: whether it is nobler in the mind to suffer',
  'In 1969 two people walked on the Moon for the first time; a third stayed in orbit.',
  'def add(a, b):\n    """Return the sum of two numbers."""\n    return a + b\n',
  'for (let i = 0; i < 10; i++) { console.log(i * i); }',
  'Ingredients: 200 g flour, 3 eggs, 100 g sugar, a pinch of salt. Mix the flour with',
  'one two three four five six seven eight nine ten one two three four five six seven',
  'Q: What is the boiling point of water?\nA: 100 degrees Celsius at sea level.\nQ: And of iron?\nA:',
  'Dear Sir or Madam,\n\nI am writing to ask whether the room is still free in August.',
  'Le chat est assis sur la chaise et regarde les oiseaux par la fenêtre.',
  'Der Zug nach Hamburg hat heute etwa zwanzig Minuten Verspätung.',
  '今天天气很好，我们去公园散步吧。',
  'Prices fell by 3.5 % in March, after a rise of 2.1 % in February and 0.4 % in January.',
  'The mitochondrion is often called the powerhouse of the cell because it makes most of its ATP.',
  '"I do not know," she said, "but I think that he will come back before it gets dark."',
  '😀 👍 #hashtag @someone https://example.org/a?b=c&d=e',
  'The the the the quick quick brown fox fox jumps over over the lazy lazy dog dog.'
];
