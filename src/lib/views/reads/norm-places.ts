import type { LayerNormName } from '$lib/gpt2';
import type { Stage } from '../spec';

const BEFORE = { ln_1: 'resid_pre', ln_2: 'resid_mid', ln_f: 'resid_post' } as const;
const ROOM = { ln_1: 'ln1', ln_2: 'ln2', ln_f: 'ln_final' } as const;

/** Where a LayerNorm reads and writes: the last one after the last block. */
export function normPlaces(which: LayerNormName, { selection, run }: Stage) {
  const isLast = which === 'ln_f';
  return {
    before: [BEFORE[which], isLast ? run.config.n_layer - 1 : selection.layer] as const,
    after: [`${ROOM[which]}.normalized`, isLast ? undefined : selection.layer] as const,
    scale: [`${ROOM[which]}.scale`, isLast ? undefined : selection.layer] as const
  };
}
