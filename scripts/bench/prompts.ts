import { seededRandom } from '../../src/lib/gpt2/index.ts';

const VOCABULARY = 50257;

/** T seeded ids; no two seeds alike, because the engine would answer a prompt it knows without computing. */
export function seededIds(T: number, seed: number): number[] {
  const next = seededRandom(seed);
  return Array.from({ length: T }, () => Math.floor(next() * VOCABULARY));
}
