import { commonWords } from '$lib/words';
import { optionalContext } from './optional-context';

const [lackingAround, give] = optionalContext<() => boolean>();

/**
 * Whether the view has asked for numbers that its run does not hold, as a recorded run may: a page says it to the pictures
 * that it draws. Called while a component is set up.
 */
export const giveLacking = give;

/**
 * What stands in the place of numbers: that they are being read, or that they will not come. Called while a component is set
 * up.
 */
export function waitingText(): (says: string, lacks?: string) => string {
  const isLacking = lackingAround();
  return (says, lacks = commonWords.notInRun) => (isLacking?.() ? lacks : says);
}
