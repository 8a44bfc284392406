import { createContext } from 'svelte';

/** From the page's start until its copy is made: the first picture needs the processor and the line more. */
const WAIT_MS = 10_000;
/** How often a page that stays open asks whether there is a newer version. */
const LOOK_MS = 3_600_000;

/** What src/service-worker.ts understands. */
const CHECK = 'copy:check';
const REPLACE = 'copy:replace';

/** The browser's own copy of the page, by which it opens without the internet, and the newer version that waits. */
export class OfflineCopy {
  /** True once the copy is whole: every file of this version is there, and is what the build made. */
  ready = $state(false);
  /** A newer version is on the server or already here; this page continues with its own until it is loaded anew. */
  newVersion = $state(false);

  readonly #isServerNewer: () => Promise<boolean>;
  #registration: ServiceWorkerRegistration | null = null;

  /** @param isServerNewer whether the server has another version than this page */
  constructor(isServerNewer: () => Promise<boolean> = () => Promise.resolve(false)) {
    this.#isServerNewer = isServerNewer;
  }

  /**
   * Has the copy made or brought up to date, where the browser can: over https or on localhost, outside private windows.
   *
   * @param script address of the built src/service-worker.ts
   * @param waitMs until it begins, ms
   */
  async keep(script: string, waitMs = WAIT_MS): Promise<void> {
    try {
      const { serviceWorker } = navigator; // a sandboxed frame may not even ask for it
      if (!serviceWorker) return;
      const before = await serviceWorker.getRegistration(script);
      if (before) await this.#follow(before);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      const registration = await serviceWorker.register(script, { updateViaCache: 'none' });
      if (registration !== before) await this.#follow(registration);
      await serviceWorker.ready;
      await this.#check();
    } catch {
      // No room, or not allowed, or no internet: the page works as before.
    }
  }

  /** Something of this version could not be fetched: looks whether a newer one has taken its place. */
  async look(): Promise<void> {
    if (!this.newVersion) this.newVersion = await this.#isServerNewer();
  }

  /** Opens the newer version; the address holds the view, so nothing is lost. */
  async reload(): Promise<void> {
    const waiting = this.#registration?.waiting;
    if (waiting) {
      const replaced = new Promise((resolve) =>
        navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true })
      );
      waiting.postMessage(REPLACE);
      await replaced;
    }
    location.reload();
  }

  /** Hears of newer versions for as long as the page is open. */
  async #follow(registration: ServiceWorkerRegistration): Promise<void> {
    this.#registration = registration;
    const hasOlder = () => navigator.serviceWorker.controller !== null;
    const follow = (worker: ServiceWorker | null) =>
      worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && hasOlder()) this.newVersion = true;
      });
    registration.addEventListener('updatefound', () => follow(registration.installing));
    follow(registration.installing);
    if (registration.waiting && hasOlder()) this.newVersion = true;
    if (hasOlder()) {
      // another tab has put the newer version in this one's place
      navigator.serviceWorker.addEventListener('controllerchange', () => (this.newVersion = true));
    }
    setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
    await this.#check();
  }

  async #check(): Promise<void> {
    const active = this.#registration?.active;
    if (!active) return;
    const { port1, port2 } = new MessageChannel();
    const answer = new Promise<boolean>(
      (resolve) => (port1.onmessage = ({ data }) => resolve(data === true))
    );
    active.postMessage(CHECK, [port2]);
    this.ready = await answer;
  }
}

export const [getOfflineCopy, setOfflineCopy] = createContext<OfflineCopy>();
