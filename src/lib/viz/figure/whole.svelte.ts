import { tick } from 'svelte';

let depth = $state(0);

/** True while a picture is being saved: windowed lists then draw all their items. */
export const isWhole = (): boolean => depth > 0;

/** Runs `work` while every windowed list is drawn whole. */
export async function drawnWhole<T>(work: () => Promise<T>): Promise<T> {
  depth += 1;
  try {
    await tick();
    return await work();
  } finally {
    depth -= 1;
  }
}
