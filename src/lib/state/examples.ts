import { exampleWords } from '$lib/words';
import { EXAMPLE_PROMPTS } from './example-prompts';

/** A prompt to start from. */
export interface Example {
  /** What it shows, in a word or two. */
  readonly label: string;
  readonly text: string;
}

/** The example prompts, named in the language on screen. */
export function examples(): Example[] {
  const names = Object.keys(EXAMPLE_PROMPTS) as (keyof typeof EXAMPLE_PROMPTS)[];
  return names.map((name) => ({ label: exampleWords[name], text: EXAMPLE_PROMPTS[name] }));
}
