import { counted, integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const TOKENS = { one: 'token', other: 'tokens' };

/** The prompt: its text, its tokens and their count. */
export const promptWords = inLanguage('promptWords', {
  prompt: 'Prompt',
  placeholder: 'Type a prompt',
  edit: 'Edit prompt',
  trailingSpace:
    'The prompt ends with a space. GPT-2’s tokens carry the space before a word, so few words can follow.',
  removeSpace: 'Remove the space',
  stale: 'The pictures show the last prompt that was run.',
  chips: 'Tokens; arrow keys choose a position',
  examples: 'Example prompts',
  try: 'Try',
  /** {token}: `<|endoftext|>`, or what else the tokenizer begins a text with. */
  bos: '{token} in front',
  noBos: 'this tokenizer has no token that begins a text',
  putInFront: 'The tokenizer puts {tokens} in front of every text.',
  putAtEnd: 'It puts {tokens} at its end.',
  bosWhy: 'GPT-2 was trained with this token between texts',
  bosOn: 'positions are shifted by one',
  bosOff: 'shifts positions by one',
  count: (held: number, limit: number) => `${integer(held)} of ${counted(limit, TOKENS)}`,
  tooMany: (held: number, limit: number, over: number) =>
    `${integer(held)} of ${counted(limit, TOKENS)}: shorten by ${counted(over, TOKENS)}`,
  /** What follows the token itself. */
  chip: (id: number, position: number, hex: string) => `id ${id}, position ${position}, bytes ${hex}`,
  specialChip: (id: number, position: number) => `id ${id}, position ${position}, a special token, not text`,
  goTo: 'Go to position',
  goToHint: (last: number) => `of 0 to ${last}; scroll the tokens or use the arrow keys, Home and End`,
  tooLong: 'The prompt is too long',
  /** `This prompt has 1,310 tokens; this model reads 1,024.` Model: its name, or null for the one in use. */
  asked: (tokens: number, limit: number, model: string | null) =>
    `This prompt has ${counted(tokens, TOKENS)}; ${model ?? 'this model'} reads ${integer(limit)}.`,
  untilModel: (model: string) => `${model} and its pictures stay until you choose.`,
  untilRun:
    'The text stays as you wrote it, and the pictures show the last prompt that fitted, until you choose or shorten it yourself.',
  until: 'The text stays as it is until you choose or shorten it yourself.',
  keepLast: (limit: number) => `Keep the last ${integer(limit)}`,
  keepFirst: (limit: number) => `Keep the first ${integer(limit)}`,
  stay: (model: string) => `Stay with ${model}`,
  firstLeftOut: (out: number, all: number) =>
    `The first ${integer(out)} of ${counted(all, TOKENS)} were left out.`,
  lastLeftOut: (out: number, all: number) =>
    `The last ${integer(out)} of ${counted(all, TOKENS)} were left out.`,
  undo: 'Undo'
});
