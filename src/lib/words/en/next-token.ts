import { counted, integer, plural } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const TOKENS = { one: 'token', other: 'tokens' };

/** The column about the next token: its bars, what the settings do to them, and taking one. */
export const nextTokenWords = inLanguage('nextTokenWords', {
  nextToken: 'Next token',
  inShort: 'Next token, in short',
  show: 'Show what comes next:',
  /** Before the token and its probability. */
  topToken: 'best next token',
  nothingYet: 'nothing yet',
  whatNext: 'What comes next',
  whatNextAfter: 'What comes next after {token}',
  typePrompt: 'Type a prompt to see what follows.',
  computing: 'Being computed.',
  /** In the words of what went wrong. */
  problem: (detail: string) => detail,
  marks: "Bar: with these settings. Dark mark: the model's own probability.",
  toLast: 'Go to the last position to add a token',

  /** One token has nearly everything. */
  certain: (share: string) =>
    `One token has ${share}: temperature, top-k and top-p change little after this prompt.`,
  tryStory: 'Try a story',

  best: 'Best',
  takeBest: 'Take the best',
  draw: 'Draw',
  seed: 'seed',
  badSeed: (most: number) => `A seed is a whole number from 0 to ${most}.`,
  howDrawn: (seed: number, tokens: number) =>
    `Draw makes one random number from seed ${seed} and the prompt's length (${counted(tokens, TOKENS)}): the same seed and prompt give the same token.`,

  sampling: 'Sampling',
  temperature: 'temperature',
  off: 'off',
  reset: "Reset to the model's own distribution",

  bars: 'The most likely next tokens, best first',
  table: 'The most likely next tokens',
  columns: ['rank', 'token', 'id', 'logit (nats)', 'probability in the model', 'with these settings'],
  probability: 'probability',
  logit: 'logit',
  rank: 'rank',
  cut: 'cut',
  scale: 'Scale of the bars',
  scales: { linear: 'linear bars', log: 'log bars' },
  logSays: 'each eighth of the width is a factor of 10; the left end is 0.000001 %',
  /** A row, where the settings change nothing. */
  row: (token: string, rank: number, logit: string, probability: string) =>
    `${token}, rank ${rank}, logit ${logit}, ${probability}`,
  changedRow: (token: string, rank: number, logit: string, before: string, after: string) =>
    `${token}, rank ${rank}, logit ${logit}, ${before} in the model, ${after} with these settings`,
  /** @param row a row in words */
  add: (row: string) => `${row}. Click to add it to the prompt.`,
  clickToAdd: 'Click a token to add it to the prompt. Logits are in nats.',
  how: 'how',
  howName: (token: string) => `How ${token} comes to its probability`,
  howHeading: 'How {token} comes to its probability',
  minusHighest: 'minus the highest logit',
  sumOver: (tokens: string) => `sum of exp over ${tokens} tokens`,
  followInLens: 'Follow it in the logit lens',

  shown: (shown: number, all: number, mass: string) =>
    `${integer(shown)} of ${integer(all)} tokens shown · ${mass} of the probability`,
  both: (names: readonly string[]) => names.join(' and '),
  /** @param names "top-k 40 and top-p 0.9" @param count how many these are */
  cutBy: (names: string, count: number, kept: number, all: number, massCut: string) =>
    `${names} ${plural(count, { one: 'keeps', other: 'keep' })} ${integer(kept)} of ${integer(all)} tokens; ${massCut} of the probability was cut, the rest is renormalised to 100 %.`,
  cold: (temperature: number) => `Logits are divided by ${temperature}: the best tokens gain.`,
  hot: (temperature: number) => `Logits are divided by ${temperature}: the unlikely tokens gain.`,
  follows: (token: string, rank: number, probability: string) =>
    `In the prompt ${token} follows: rank ${integer(rank)}, ${probability}.`
});
