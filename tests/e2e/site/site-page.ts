/** The explorer on a host of its own: what the tests of updates and of opening without the internet do with it. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { isChromium } from '../browser.ts';
import { ExplorerPage, patiently } from '../page.ts';

export const PROMPT = 'Tom and Lily went';
export const LINK = `/?v=1&prompt=${encodeURIComponent(PROMPT)}&layer=3&head=7`;

/** Starts making the copy at once; the page waits ten seconds, so that the first picture has the line for itself. */
export const AT_ONCE = copyAfter(0);
/** When the engine has begun, and before it has ended. */
export const IN_TWO_SECONDS = copyAfter(2000);

function copyAfter(ms: number): string {
  return `{
    const later = window.setTimeout;
    window.setTimeout = (run, ms, ...rest) => later(run, ms === 10_000 ? ${ms} : ms, ...rest);
  }`;
}

export class SitePage extends ExplorerPage {
  readonly newVersion = this.page
    .getByRole('status')
    .filter({ hasText: 'A new version of GPT-2 Lens is here' });

  constructor(page: Page, complaints: string[] = []) {
    super(page, complaints);
  }

  /** Waits until the copy is made and whole. */
  async copied(): Promise<void> {
    const isWhole = () =>
      this.page.evaluate(async () => {
        const active = (await navigator.serviceWorker.getRegistration())?.active;
        if (!active) return false;
        const { port1, port2 } = new MessageChannel();
        active.postMessage('copy:check', [port2]);
        return new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
      });
    await patiently(async () => expect(await isWhole()).toBe(true));
  }

  /** Asks the host for a newer version, as the browser does when a page is opened. */
  async lookForUpdate(): Promise<void> {
    await this.page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update().catch(() => {});
    });
  }

  build(): Promise<string | undefined> {
    return this.page.evaluate(() => document.documentElement.dataset.build);
  }

  /** The first picture is there, of this prompt. */
  async shows(prompt = PROMPT): Promise<void> {
    await this.ready();
    expect(await this.promptOnChips()).toBe(prompt);
  }

  /** Forgets what the browser keeps by itself; what the page keeps stays. */
  async emptyHttpCache(): Promise<void> {
    if (!isChromium) return; // no other browser empties it by order
    const session = await this.page.context().newCDPSession(this.page);
    await session.send('Network.clearBrowserCache');
    await session.detach();
  }
}
