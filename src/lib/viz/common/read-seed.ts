import { MAX_SEED } from '$lib/gpt2';

/** A seed as typed: a whole number from 0 to 2^32 - 1, or null for anything else. */
export function readSeed(text: string): number | null {
  const seed = Number(text);
  return text.trim() !== '' && Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED ? seed : null;
}
