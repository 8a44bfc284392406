import { integer, plural, threeDigits } from '../numbers';
import { inLanguage } from '../spoken.svelte';

/** What a catalogue says of a converted model. */
export interface Conversion {
  readonly from: string;
  readonly to: string;
  readonly texts: number;
  readonly positions: number;
  readonly largest: number;
  readonly median: number;
  readonly changed: number;
}

/** Facts about a model, and how far it has arrived: what the first picture may already need. */
export const modelFactWords = inLanguage('modelFactWords', {
  /** In the language of the catalogue file, unless it is a model we know. */
  summary: (_name: string, given: string) => given,
  ownSummary: 'A checkpoint of your own choice.',
  shape: (n_layer: number, n_head: number, n_embd: number, n_ctx: number) =>
    `${n_layer} blocks · ${n_head} heads · width ${n_embd} · ${n_ctx} tokens`,
  /** A model that was converted to fewer bits, held beside the original on stored texts; logits in nats. */
  conversion: ({ from, to, texts, positions, largest, median, changed }: Conversion) =>
    `Converted from ${from} to ${to}. On ${texts} texts (${integer(positions)} positions) its logits differ from those of ` +
    `${from} by ${threeDigits(largest)} nats at most and ${threeDigits(median)} in the middle (median); ` +
    `the best next token is another one at ${integer(changed)} positions.`,
  ownLicence: 'see its source',
  fromThisComputer: 'from this computer',
  checkedByHash: 'size and SHA-256',
  checkedByHub: 'the SHA-256 that the hub says',
  unchecked: 'length and header only: no SHA-256 is published for it',
  aboveTab: (needed: string, most: string) =>
    `It needs about ${needed} of memory, and a browser tab has at most ${most}.`,
  aboveDevice: (needed: string, device: string, room: string) =>
    `It needs about ${needed} of memory; on a device with ${device}, a tab gets about ${room}.`,
  tokenizerFiles: 'vocab.json and merges.txt',

  bytesHere: (name: string) => `${name}, bytes received`,
  cancel: 'Cancel',
  asking: (name: string) => `Asking for ${name}…`,
  inAnotherTab: (name: string) => `Another tab is loading ${name}; this one waits for it.`,
  amount: (here: string, all: string, percent: number) => `${here} of ${all} (${percent} %)`,
  readingCopy: (name: string, amount: string) => `Reading the copy of ${name} on this device: ${amount}`,
  bytes: (count: number) => plural(count, { one: '1 byte', other: `${count} bytes` }),
  amountSoFar: (here: string) => `${here} so far`,
  /** Nothing comes; in how long it is given up stands in the engine. */
  silent: (name: string, time: string) => `no data of ${name} for ${time}; after 30 s it is requested again`,
  nextAttempt: (name: string, time: string) => `next attempt for ${name} in ${time}`,
  /** pace and left may be '' */
  fetching: (name: string, amount: string, pace: string, left: string) =>
    `Fetching ${name}: ${amount}${pace && ` · ${pace}`}${left && ` · ${left} left`}`
});
