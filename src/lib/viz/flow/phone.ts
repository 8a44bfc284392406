/** What the two lists for a phone share: where they stand in for the picture, and how long the bar of a share is. */

export const PHONE = 'max-width: 700px';

/** Px for one per cent. */
export const BAR = 3;
const WIDEST = 60; // px
const PERCENT = 100;

/** The share from which bars are cut, per cent. */
export const BAR_CUT = WIDEST / BAR;

/** Px of the bar of a share, or of a difference of shares. */
export const barWidth = (share: number): number => Math.min(WIDEST, Math.abs(share) * PERCENT * BAR);
