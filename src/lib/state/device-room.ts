import { modelFactWords as words } from '$lib/words';

const FLOAT32_BYTES = 4;
const LOADING_SHARE = 1.15; // of the weights, while they are read (docs/models.md)
const RUN_BYTES = 2 ** 28; // activations of an ordinary prompt
const HEAP_BYTES = 2 ** 32; // a WebAssembly heap holds no more
const BYTES_PER_GB = 1e9;
/** Of the device's memory, what one tab may take before the system ends it. */
const TAB_SHARE = 0.5;

/** Bytes that a model of this size takes in a tab, in float32, with an ordinary prompt. */
export function memoryNeeded(parameters: number): number {
  return parameters * FLOAT32_BYTES * LOADING_SHARE + RUN_BYTES;
}

/** GB of this device's memory, which browsers round down and cap at 8; undefined where they keep it to themselves. */
export const deviceGb = (): number | undefined => (navigator as { deviceMemory?: number }).deviceMemory;

export const inGb = (bytes: number): string => `${(bytes / BYTES_PER_GB).toFixed(1)} GB`;

/** What one tab may take of this device's memory, bytes. */
export function roomOf(deviceGb: number | undefined): number {
  return deviceGb === undefined ? Infinity : deviceGb * BYTES_PER_GB * TAB_SHARE;
}

/**
 * Why this device cannot hold a model, in words for the page; null if nothing speaks against it.
 *
 * @param deviceGb as `deviceGb` gives it
 */
export function whyTooLarge(parameters: number, deviceGb: number | undefined): string | null {
  const needed = memoryNeeded(parameters);
  if (needed > HEAP_BYTES) {
    return words.aboveTab(inGb(needed), inGb(HEAP_BYTES));
  }
  const room = roomOf(deviceGb);
  if (needed <= room) return null;
  return words.aboveDevice(inGb(needed), `${deviceGb} GB`, inGb(room));
}
