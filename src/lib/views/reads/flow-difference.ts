import { FlowDifference } from '$lib/viz/flow';
import { picture, type Stage } from '../spec';
import { refuseShape, twoRuns } from './two-runs';
import { followedBack, MOST_ROWS } from './followed-back';

/** B's position for each of A's. */
function partnersOf(stage: Stage): (number | null)[] {
  const partners = stage.run.tokens.map((): number | null => null);
  for (const { a, b } of twoRuns(stage).places) if (a !== null) partners[a] = b;
  return partners;
}

/** The selected row's position in B; null where B does not have its token. */
const partnerOf = (stage: Stage): number | null => partnersOf(stage)[stage.selection.position];

/** The selected row in B. */
function rowInB(stage: Stage) {
  const partner = partnerOf(stage);
  return partner === null ? undefined : stage.beside?.flow(partner);
}

/** The selected row followed back in both runs; of long prompts the runs would follow different rows. */
function bothFollowed(stage: Stage) {
  const { selection, run, beside } = stage;
  const partner = partnerOf(stage);
  if (selection.view.rows !== 'back' || partner === null || !beside) return undefined;
  if (run.T > MOST_ROWS || beside.T > MOST_ROWS) return undefined;
  const [a, b] = [followedBack(run, selection.position), followedBack(beside, partner)];
  return a && b && { a, b };
}

/** Flow in run B less Flow in run A. */
export const flowDifference = picture(
  FlowDifference,
  {
    theme: ({ theme }) => theme,
    tokens: ({ run }) => run.tokens,
    vocabulary: ({ vocabulary }) => vocabulary,
    n_layer: ({ run }) => run.config.n_layer,
    position: ({ selection }) => selection.position,
    a: ({ selection, run }) => run.flow(selection.position),
    b: rowInB,
    normsA: ({ run }) => run.norms(),
    normsB: ({ beside }) => beside?.norms(),
    partners: partnersOf,
    mode: ({ selection }) => selection.view.rows,
    followed: bothFollowed,
    bLength: ({ beside, run }) => (beside ?? run).T,
    refusal: (stage) => refuseShape(twoRuns(stage)),
    threshold: ({ selection }) => selection.view.links,
    bare: ({ selection }) => selection.view.present
  },
  ({ show }) => ({
    onmode: (rows) => show({ rows }),
    onthreshold: (links) => show({ links }),
    onposition: (position) => show({ position })
  })
);
