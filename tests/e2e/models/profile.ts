/** A browser with a disk of its own: what a page keeps is there at the next start. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { inject } from 'vitest';
import { browserType, executablePath, flagsWith } from '../browser.ts';

export class Profile {
  readonly #folder = mkdtempSync(join(tmpdir(), 'profile-'));
  readonly #origin: string;
  #context: BrowserContext | null = null;

  /** Runs in the engine's worker before anything else; to be set before the first page opens. */
  prelude = '';

  /** @param origin where the build is served */
  constructor(origin = inject('origin')) {
    this.#origin = origin;
  }

  async context(): Promise<BrowserContext> {
    this.#context ??= await this.#launch();
    return this.#context;
  }

  async #launch(): Promise<BrowserContext> {
    const context = await browserType.launchPersistentContext(this.#folder, {
      executablePath,
      args: flagsWith(),
      bypassCSP: this.prelude !== '' // which the page's policy would not let in
    });
    if (this.prelude !== '') await context.addInitScript(startEngineWith, this.prelude);
    return context;
  }

  /** Opens a path of the served build in a new tab. */
  async open(path: string): Promise<Page> {
    const page = await (await this.context()).newPage();
    await page.goto(this.#origin + path);
    return page;
  }

  /** Ends the browser; the next page starts it anew with the same disk. */
  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = null;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs in the page: starts the engine's worker from a script that imports the prelude, then the worker's own. */
function startEngineWith(prelude: string): void {
  const script = (text: string) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      const own = new URL(url, location.href).href;
      const isEngine = own.includes('engine.worker');
      super(isEngine ? script(`import '${script(prelude)}'; import '${own}';`) : url, options);
    }
  };
}
