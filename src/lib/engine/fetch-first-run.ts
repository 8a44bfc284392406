import type { FirstRun } from './first-run';

/** The file beside the page, which the build writes; its head fetches it ahead (scripts/early-engine.mjs). */
const FILE = 'first-run.json';

declare global {
  var gpt2LensFirstRun: Promise<Response> | undefined;
}

/**
 * The recorded run of the first picture, with the code that reads it.
 *
 * @param folder address of the page's folder, ending in `/`
 * Throws: Error if it cannot be fetched or read.
 */
export async function fetchFirstRun(folder: string): Promise<FirstRun> {
  const ahead = globalThis.gpt2LensFirstRun ?? fetch(new URL(FILE, folder));
  globalThis.gpt2LensFirstRun = undefined;
  const [{ readFirstRun }, response] = await Promise.all([import('./first-run'), ahead]);
  return readFirstRun(await response.text());
}
