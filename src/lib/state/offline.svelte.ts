import { createContext } from 'svelte';

/** From the page's start until its copy is made: the first picture needs the processor and the line more. */
const WAIT_MS = 10_000;

/** The browser's own copy of the page, by which it opens without the internet. */
export class OfflineCopy {
  /** True once the copy is whole. */
  ready = $state(false);

  /**
   * Has the copy made or brought up to date, where the browser can: over https or on localhost, outside private windows.
   *
   * @param script address of the built src/service-worker.ts
   * @param waitMs until it begins, ms
   */
  async keep(script: string, waitMs = WAIT_MS): Promise<void> {
    const { serviceWorker } = navigator;
    if (!serviceWorker) return;
    this.ready = (await serviceWorker.getRegistration(script))?.active !== undefined;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      await serviceWorker.register(script, { type: 'module' });
      await serviceWorker.ready;
      this.ready = true;
    } catch {
      // No room, or not allowed: the page works as before, with the internet.
    }
  }
}

export const [getOfflineCopy, setOfflineCopy] = createContext<OfflineCopy>();
