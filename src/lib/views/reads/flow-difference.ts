import { FlowDifference } from '$lib/viz/flow';
import { picture, type Stage } from '../spec';
import { refuseShape, twoRuns } from './difference-grids';

/** B's position for each of A's. */
function partnersOf(stage: Stage): (number | null)[] {
  const partners = stage.run.tokens.map((): number | null => null);
  for (const { a, b } of twoRuns(stage).places) if (a !== null) partners[a] = b;
  return partners;
}

/** The selected row in B, where B has its token. */
function rowInB(stage: Stage) {
  const partner = partnersOf(stage)[stage.explorer.position];
  return partner === null ? undefined : stage.beside?.flow(partner);
}

/** Flow in run B less Flow in run A. */
export const flowDifference = picture(
  FlowDifference,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    vocabulary: ({ vocabulary }) => vocabulary,
    n_layer: ({ run }) => run.config.n_layer,
    position: ({ explorer }) => explorer.position,
    a: ({ explorer, run }) => run.flow(explorer.position),
    b: rowInB,
    normsA: ({ run }) => run.norms(),
    normsB: ({ beside }) => beside?.norms(),
    partners: partnersOf,
    bLength: ({ beside, run }) => (beside ?? run).T,
    refusal: (stage) => refuseShape(twoRuns(stage)),
    threshold: ({ explorer }) => explorer.view.links,
    bare: ({ explorer }) => explorer.view.present
  },
  ({ show }) => ({
    onthreshold: (links) => show({ links }),
    onposition: (position) => show({ position })
  })
);
