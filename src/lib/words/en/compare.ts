import { counted } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** The same prompt under several settings, side by side. */
export const compareWords = inLanguage('compareWords', {
  title: 'Compare',
  part: (count: number) => `one prompt, ${counted(count, { one: 'setting', other: 'settings' })}`,
  say: 'The same prompt is continued with each column’s settings. Underlined: where a text begins to differ from the first column’s.',
  add: 'Add a column',
  runAll: 'Run all again',
  prompt: 'Prompt:',
  remove: (column: number) => `Remove column ${column}`,
  table: 'One prompt under several settings',
  columns: ['column', 'settings', 'text', 'log-probability (nats)'],

  draw: 'draw',
  best: 'best',
  ends: { eos: 'ended by <|endoftext|>', stop_string: 'ended by a stop string', length: 'full length' },
  result: (logProbability: string, end: string) => `log-probability ${logProbability} nats · ${end}`,
  states: {
    idle: 'idle',
    running: 'being computed',
    done: 'done',
    cancelled: 'cancelled',
    failed: 'failed'
  },
  how: (column: number) => `How tokens are taken in column ${column}`,
  beams: 'beams',

  /** How a column decodes. */
  byBeams: (beams: number) => `${beams} beams`,
  drawn: 'drawn',
  name: (parts: readonly string[]) => parts.join(', ')
});
