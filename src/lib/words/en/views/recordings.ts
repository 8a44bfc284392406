import { inLanguage } from '../../spoken.svelte';

/** A recorded run on screen, and runs as files. */
export const recordingWords = inLanguage('recordingWords', {
  about: (model: string, day: string, tool: string) =>
    `A recorded run of ${model}, made on ${day} by ${tool}: the numbers are read from the file, and nothing is computed.`,
  lacking: 'Some of what this view shows is not in the recording: it needs the model’s weights.',
  otherPrompt: 'A recording holds one prompt. To run another, the model’s weights are needed.',
  load: (model: string) => `Compute it with ${model}`,
  getModel: (model: string) => `${model} is not on this device: get it under Models`,
  back: 'Back to the recorded prompt',
  otherWeights: (model: string) =>
    `The weights of ${model} here are not those that were recorded: numbers will differ.`,

  title: 'As files',
  say: 'They stay on this computer unless you pass them on.',
  record: 'Record this run',
  recordSays: 'Every number of the run: opens here without the model’s weights, and in numpy.load.',
  precision: 'Numbers as',
  whole: 'float32: exact',
  half: 'float16: half the size, 3 digits',
  trace: 'Save the trace (.npz)',
  traceSays: 'Every activation by its TransformerLens name, for numpy.load.',
  working: (percent: number) => `Writing: ${percent} %`,
  cancel: 'Cancel',
  saved: (name: string, size: string) => `${name} is saved (${size}).`,
  failed: (detail: string) => `It could not be saved (${detail}).`,
  noRun: 'There is no run to save yet.',
  notes: 'Notes',
  session: 'Save the session (.json)',
  sessionSays: 'Prompts, edits, pinned heads, selection and your notes; no numbers.',
  open: 'Open a recording or a session',
  openSays: 'Choose a file, or drop one on the page.'
});
