import { saliencyWords as words } from '$lib/words/en/views/saliency';
import { signedScale, type ColorScale, type Theme } from '../color';
import { formatSigned, type ChipFill } from '../common';

/** The scale of what tokens add: as far as the largest, on both sides. */
export function chipScale(theme: Theme, values: ArrayLike<number>): ColorScale {
  return signedScale(theme, Math.max(...Array.from(values, Math.abs)), words.unit);
}

/** The colour of each chip, and what it says. */
export function chipFills(scale: ColorScale, values: ArrayLike<number>): ChipFill[] {
  return Array.from(values, (value) => ({
    color: scale.color(value),
    ink: scale.text(value),
    negative: value < 0,
    says: words.value(formatSigned(value))
  }));
}
