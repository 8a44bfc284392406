import type { FollowedBack } from '$lib/gpt2';
import type { Run } from '$lib/state';
import { SLIGHT } from '$lib/viz/flow';

/** More rows than this are read in the Attention view: each is a pass over all blocks. */
export const MOST_ROWS = 60;
/** Products of a block that following back takes at most: about three seconds for 12 blocks. */
const MOST_PRODUCTS = 2.5e8;
const LEAST_FOLLOWED = 16;

/** A row followed back: through all rows, or of a long prompt through the heaviest of each depth. */
export function followedBack(run: Run, position: number): FollowedBack | undefined {
  const { n_embd, n_head } = run.config;
  const rows = Math.max(LEAST_FOLLOWED, Math.floor(MOST_PRODUCTS / ((position + 1) * n_embd * n_head)));
  return run.measured('followBack', { position, rows, threshold: run.T > MOST_ROWS ? SLIGHT : 0 });
}
