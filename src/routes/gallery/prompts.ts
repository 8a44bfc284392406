/** A word twice, so that heads have something to look back at. */
export const PROMPT = 'the cat, the';
/** As long, for pictures of two prompts. */
export const OTHER = 'the dog, the';
/** As a reader's own text. */
export const TEXT = 'the cat saw the dog, the dog saw the cat.';
