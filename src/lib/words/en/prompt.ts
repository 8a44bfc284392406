import { counted, integer } from '../numbers';
import { inLanguage } from '../spoken.svelte';

const TOKENS = { one: 'token', other: 'tokens' };

/** The prompt: its text, its tokens and their count. */
export const promptWords = inLanguage('promptWords', {
  prompt: 'Prompt',
  placeholder: 'Type a prompt',
  chips: 'Tokens; arrow keys choose a position',
  examples: 'Example prompts',
  try: 'Try',
  bos: '`<|endoftext|>` in front',
  bosWhy: 'GPT-2 was trained with this token between texts',
  bosOn: 'positions are shifted by one',
  bosOff: 'shifts positions by one',
  count: (held: number, limit: number) => `${integer(held)} of ${counted(limit, TOKENS)}`,
  tooMany: (held: number, limit: number, over: number) =>
    `${integer(held)} of ${counted(limit, TOKENS)}: shorten by ${counted(over, TOKENS)}`,
  /** What follows the token itself. */
  chip: (id: number, position: number, hex: string) => `id ${id}, position ${position}, bytes ${hex}`,
  specialChip: (id: number, position: number) => `id ${id}, position ${position}, a special token, not text`
});
