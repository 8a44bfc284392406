/** The build, visited once, and then without its server: what every page opens afterwards comes from the browser's copy. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { watch, type WatchedPage } from './browser.ts';
import { REPORTS, watchedServer } from './policy-server.ts';
import { AT_ONCE, SitePage } from './site/site-page.ts';

export class KeptSite {
  readonly #server: Server;
  #isCut = false;
  #origin = '';
  #context: BrowserContext | null = null;
  /** What was asked of the server after it was cut off, and got no answer. */
  readonly asked: string[] = [];

  constructor() {
    const site = watchedServer('build');
    this.#server = createServer((request, response) => {
      const isReport = request.url!.startsWith('/policy-report'); // written down also while nothing is served
      if (!this.#isCut || isReport) return void site.emit('request', request, response);
      this.asked.push(request.url!);
      request.socket.destroy();
    });
  }

  /** Opens one page, waits until the copy is whole, and cuts the server off. */
  async keep(browser: Browser, options: BrowserContextOptions): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.#origin = `http://localhost:${(this.#server.address() as AddressInfo).port}`;
    this.#context = await browser.newContext(options);
    await this.#context.addInitScript(AT_ONCE);
    const { page, complaints } = await this.open('/lessons/');
    const first = new SitePage(page, complaints);
    await first.copied();
    this.#isCut = true;
    await first.emptyHttpCache();
    await page.close();
  }

  /** Opens a path in a new tab of the same browser. */
  open(path: string): Promise<WatchedPage> {
    return watch(this.#context!, this.#origin, path);
  }

  /** What browsers have reported against the policy since the last time. */
  async reports(): Promise<string[]> {
    return (await (await fetch(this.#origin + REPORTS)).json()) as string[];
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
