import { exampleWords } from '$lib/words';
import { EXAMPLE_PROMPTS, TELLING_HEADS, TELLING_MODEL, type ExampleName } from './example-prompts';
import { DEFAULT_VIEW, type ViewState } from './view-state';

/** A prompt to start from. */
export interface Example {
  /** null for one that a model brings. */
  readonly name: ExampleName | null;
  /** What it shows, in a word or two. */
  readonly label: string;
  readonly text: string;
}

const NAMES = Object.keys(EXAMPLE_PROMPTS) as ExampleName[];

/** The prompts that a model brings, or else the built-in ones, named in the language on screen. */
export function examples(own: readonly string[] | undefined): Example[] {
  if (own) return own.map((text) => ({ name: null, label: text, text }));
  return NAMES.map((name) => ({ name, label: exampleWords[name], text: EXAMPLE_PROMPTS[name] }));
}

/**
 * The prompt after another model was chosen: the same one, unless only one of the two models can read it.
 *
 * @param before prompts that the first model brings
 * @param after prompts that the second one brings
 */
export function promptOfNext(
  prompt: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined
): string {
  if (after) return after.includes(prompt) ? prompt : after[0];
  return before ? DEFAULT_VIEW.prompt : prompt;
}

/** Layer and head to open an example on; nothing for a model whose heads were not measured. */
export function headOf(name: ExampleName, model: string): { layer: number; head: number } | null {
  if (model !== TELLING_MODEL) return null;
  const { layer, head } = TELLING_HEADS[name];
  return { layer, head };
}

/** The example whose head a view shows, as it was opened; null once another prompt, head or model is chosen. */
export function exampleOnHead(
  view: Pick<ViewState, 'model' | 'prompt' | 'ids' | 'bos'>,
  layer: number,
  head: number
): ExampleName | null {
  const name = NAMES.find((one) => EXAMPLE_PROMPTS[one] === view.prompt);
  if (name === undefined || view.ids !== null || view.bos) return null;
  const preset = headOf(name, view.model);
  return preset?.layer === layer && preset.head === head ? name : null;
}
