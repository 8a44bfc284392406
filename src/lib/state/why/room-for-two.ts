import { whyWords as words } from '$lib/words/en/views/why';
import { inGb, memoryNeeded, roomOf, whyTooLarge } from '../device-room';

/** What two models take together, each in a worker of its own, in words for the page. */
export function bothNeed(own: number, other: number): string {
  return words.bothNeed(inGb(memoryNeeded(own) + memoryNeeded(other)));
}

/**
 * Why this device cannot hold a second model beside the one in use, in words for the page; null if nothing speaks against
 * it.
 *
 * @param other its parameters; null where nobody says how many, which is refused
 * @param deviceGb as for `whyTooLarge`
 */
export function whyNotBoth(own: number, other: number | null, deviceGb: number | undefined): string | null {
  if (other === null) return words.unknownSize;
  const alone = whyTooLarge(other, deviceGb);
  if (alone !== null) return alone;
  const needed = memoryNeeded(own) + memoryNeeded(other);
  const room = roomOf(deviceGb);
  return needed <= room ? null : words.bothAboveDevice(inGb(needed), `${deviceGb} GB`, inGb(room));
}
