import { inLanguage } from '../../spoken.svelte';

/** What is wrong with what the reader asks for, by the code of the model library's error. */
export const faultWords = inLanguage('faultWords', {
  editCount: (most: number, count: number) =>
    `There can be at most ${most} edits; these are ${count}. Remove some.`,
  editForm: (text: string, examples: string) =>
    `“${text}” cannot be read as an edit. Examples of what can: ${examples}.`,
  editNumber: (text: string) => `“${text}”: the number must be a finite one.`,
  editPositions: (text: string) =>
    `“${text}”: positions are written as 3, as 3-5 from the lower to the higher, or all as 3<4.`,
  editRange: (edit: string, part: 'layer' | 'head' | 'neuron' | 'position' | 'token', last: number) =>
    `${edit}: the ${part} must be from 0 to ${last}.`,
  editPlace: (edit: string) => `${edit}: this change cannot be made at this place.`,
  editKeys: (edit: string) =>
    `${edit}: a row of another position has other keys. Take q, k or z from there instead.`,
  editOther: (edit: string) => `${edit}: it takes from the other prompt, and there is none. Enter one first.`,
  editTokens: (edit: string, tokens: number) =>
    `${edit}: the prompt that it takes from has ${tokens} tokens. Choose positions that both have.`,
  editSizes: (edit: string) =>
    `${edit}: the other model has other sizes. Only models of equal sizes have the same places.`,
  pairLength: (clean: number, corrupt: number) =>
    `Both prompts must have as many tokens: one has ${clean}, the other ${corrupt}. Change words for others of as many tokens.`,
  pairMetric: (least: number) =>
    `What is measured must differ between the two runs by ${least} or more. Choose prompts or tokens that the model tells apart.`,
  pathOrder: (): string => 'A path goes from a head of an earlier layer to one of a later layer.',
  noTokenLeft: (processor: string, value: number) =>
    `${processor} = ${value} removes every token that was left: loosen it.`,
  range: (name: string, first: number, last: number | null, value: number) =>
    `${name} must be a whole number from ${first}${last === null ? '' : ` to ${last}`}; this is ${value}.`,
  setting: (name: string, value: unknown) => `${name} cannot be ${String(value)}.`,
  promptRoom: (n_ctx: number, tokens: number) =>
    `The prompt has ${tokens} tokens, and the model has room for ${n_ctx}, new ones included. Shorten it.`,
  sequencesOfBeams: (num_beams: number) =>
    `num_return_sequences can be ${num_beams} at most: beam search ends with one sequence for each beam.`,
  sameSequences: (): string =>
    'num_return_sequences must be 1: the best token is always the same. Turn on sampling or take more beams.',
  subject: (): string => 'No token is chosen to get noise. Choose one.',
  textTokens: (least: number) => `The text must have at least ${least} tokens. Take a longer one.`,
  recordingSize: (most: number, bytes: number) =>
    `The file has ${bytes} bytes; a recorded run can have ${most}. Record a shorter prompt or fewer activations.`,
  recordingSite: (address: string) => `${address} is on another site. Save the file and drop it on the page.`,
  recordingServed: (path: string, status: number | null) =>
    `${path} did not arrive${status === null ? '' : ` (status ${status})`}. Save the file and drop it on the page.`,
  recordingPart: (part: string, problem: string): string => problem,
  deviceRoom: (bytes: number) =>
    `There is no room for ${bytes} bytes more. Close other tabs, or use a shorter prompt or a smaller model.`,
  fileRoom: (bytes: number, tokens: number) =>
    `${tokens} tokens take ${bytes} bytes, and a file has room for 4 GiB. Run a shorter prompt.`,
  catalogue: (problem: string): string => problem,
  session: (problem: string): string => problem,
  needsWeights: (what: string) =>
    `This recorded run does not hold ${what}. Open its model and run the prompt.`
});
