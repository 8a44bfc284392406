import { integer, plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The frame around the pictures: header, notices, loading. */
export const shellWords = inLanguage('shellWords', {
  skip: 'Skip to the content',
  recorded: 'recorded',
  recordedSays: 'A recorded run: its numbers are read from a file, nothing is computed.',
  model: 'Model',
  parameters: (count: number) => `${integer(count)} parameters, computed in this page`,
  size: (parameters: string) => `${parameters} · in this page`,
  runsOn: 'Computation runs on',
  checked: (detail: string) => `${detail} · checked`,
  threads: (backend: string, count: number) => `${backend} · ${count} threads`,
  timed: (times: readonly string[]) =>
    `Measured on this device, one block at 16 and at 128 tokens: ${times.join('; ')}. The faster one for the prompt’s length is taken; choose another here.`,
  blockTimes: (backend: string, short: string, long: string) => `${backend} ${short} and ${long} ms`,
  passedOver: (backend: string, reason: string) => `Not ${backend}: ${reason}.`,
  missingThreads: (running: number, asked: number, reason: string) =>
    `${running} of ${asked} threads ${plural(running, { one: 'computes', other: 'compute' })}: a helper thread did not start (${reason}). The results are the same but take longer.`,
  notIsolated:
    'One thread computes: the host of this page does not allow more. The results are the same but take longer.',
  chooseForMe: 'choose for me',
  rightOn: (error: string, backend: string) =>
    `A problem with a known answer was solved to within ${error} on ${backend}.`,
  colours: 'Colours',
  theme: { system: 'auto', light: 'light', dark: 'dark' },
  language: 'Language',
  copyLink: 'Copy link',
  share: 'Share',
  shareSays: 'Link, Markdown, a frame for a web page, and a QR code',
  guide: 'Guide',
  guideSays: 'Ten steps through the page, each done when you have done it',
  present: 'Present',
  presentSays: 'For a projector: larger, one picture, arrow keys',
  pages: 'Pages',
  menu: 'Menu',
  moreTabs: 'More tabs',
  retry: 'Retry',
  close: 'Close',
  newVersion:
    'A new version of GPT-2 Lens is here. This page continues with the old one; your prompt and view stay when you reload.',
  reload: 'Reload',
  starting: 'Starting the computation…',
  reading: (name: string) => `Reading ${name}`,
  memory: 'Memory',
  /** Sizes with their unit. */
  memoryUse: (weights: string, kept: string, most: string) =>
    `Weights ${weights}. Activations of your prompts ${kept}, of at most ${most}: what does not fit is computed again when you look at it.`,
  memoryMeter: 'Activations kept, of what they may take'
});
