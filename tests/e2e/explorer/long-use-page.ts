/** The explorer driven by its address, as fast as it follows, and what it holds. */
import type { BrowserContext, Page, Worker } from 'playwright-core';
import type { Held } from '../harness/long-use.ts';
import { eventually, ExplorerPage } from '../page.ts';

/** Runs in the worker before the engine: keeps its newest graphics context within reach. */
const KEEP_CONTEXT = `{
  const { getContext } = OffscreenCanvas.prototype;
  OffscreenCanvas.prototype.getContext = function (...options) {
    return (self.graphics = getContext.apply(this, options) ?? self.graphics);
  };
}`;
const ENGINE = 'engine.worker';
const MEASUREMENTS = 6;
/** The written token of each chip. */
const TOKEN = '[role=toolbar][aria-label^="Tokens;"] button [aria-hidden] .token';

/** Runs in the page before its own scripts: keeps the newest engine within reach. */
function keepEngine(script: string): void {
  const { Worker } = window;
  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      if (String(url).includes(script)) Object.assign(globalThis, { engine: this });
    }
  };
}

/** @param context into which no page was opened yet */
export async function openForLongUse(context: BrowserContext, address: string): Promise<LongUsePage> {
  await context.addInitScript(keepEngine, ENGINE);
  await context.route(`**/${ENGINE}*.js`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: KEEP_CONTEXT + (await response.text()) });
  });
  const page = await context.newPage();
  await page.goto(address);
  const explorer = new ExplorerPage(page, []);
  await explorer.ready();
  return new LongUsePage(page);
}

export class LongUsePage {
  readonly #page: Page;
  readonly #explorer: ExplorerPage;

  constructor(page: Page) {
    this.#page = page;
    this.#explorer = new ExplorerPage(page, []);
  }

  /** Opens links one after another, each when what the one before asks for is on screen. */
  async follow(links: readonly Link[], sign: Sign = 'run'): Promise<void> {
    await this.#page.evaluate(followAll, {
      links: links.map((link) => ({ v: '2', ...link })),
      sign,
      token: TOKEN
    });
  }

  /** Takes the graphics context away, and waits for the next backend's run. */
  async loseContext(): Promise<void> {
    await this.#runsOn('webgl');
    await this.#engine().evaluate(() => {
      const { graphics } = self as unknown as { graphics: WebGL2RenderingContext };
      graphics.getExtension('WEBGL_lose_context')!.loseContext();
    });
    await this.#runsOn('wasm');
  }

  /** Waits until a backend computes, as the header says in its first line, and has drawn its run. */
  async #runsOn(name: string): Promise<void> {
    const pill = this.#page.locator('header label[title]');
    await eventually(async () => (await pill.getAttribute('title'))?.split('\n')[0]).toContain(name);
    await this.#explorer.ready();
  }

  #engine(): Worker {
    return this.#page.workers().findLast((worker) => worker.url().includes(ENGINE))!;
  }

  /** The least of several measurements: a worker's differ by megabytes either way. */
  async held(): Promise<Held> {
    const found: Held[] = [];
    for (let times = 0; times < MEASUREMENTS; times++) {
      await this.#page.evaluate(collectGarbage);
      for (const worker of this.#page.workers()) await worker.evaluate(collectGarbage);
      found.push(await this.#page.evaluate(measureHeld));
    }
    return { ...found[0], heaps: Math.min(...found.map(({ heaps }) => heaps)) };
  }
}

/** The fields of a link, without its version. */
export type Link = Readonly<Record<string, string>>;

/** What tells that a link is followed: its prompt is on the chips, its model is shown, or its edit is told in a sentence. */
export type Sign = 'run' | 'model' | 'edit';

async function followAll({
  links,
  sign,
  token
}: {
  links: Link[];
  sign: Sign;
  token: string;
}): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame);
  const isBusy = () => document.querySelector('main')?.getAttribute('aria-busy') !== 'false';
  const model = () => document.querySelector<HTMLSelectElement>('header select')?.value;
  const sentence = () => document.querySelector('.sentence')?.textContent ?? '';
  const chips = () =>
    Array.from(document.querySelectorAll(token), ({ textContent }) => textContent)
      .join('')
      .replaceAll('·', ' ');
  const isThere = (link: Link) => {
    if (isBusy()) return false;
    if (sign === 'model') return model() === link.model;
    if (sign === 'edit') return sentence().includes(`head ${link.edits.slice('zero:z.'.length)}`);
    return chips().endsWith(link.prompt);
  };
  for (const link of links) {
    location.hash = String(new URLSearchParams(link));
    await frame();
    await frame();
    while (!isThere(link)) await frame();
  }
}

/** Needs --js-flags=--expose-gc. */
function collectGarbage(): void {
  (globalThis as unknown as { gc(): void }).gc();
}

/** As Comlink asks; the heaps as measured after all garbage was collected. */
async function measureHeld(): Promise<Held> {
  const { engine } = globalThis as unknown as { engine: Worker & globalThis.Worker };
  const id = `held ${Math.random()}`;
  const memory = await new Promise<{ tensors: number; bytes: number }>((resolve) => {
    const hear = ({ data }: MessageEvent<{ id: string; value: { tensors: number; bytes: number } }>) => {
      if (data.id !== id) return;
      engine.removeEventListener('message', hear);
      resolve(data.value);
    };
    engine.addEventListener('message', hear);
    engine.postMessage({ id, type: 'APPLY', path: ['memory'], argumentList: [] });
  });
  const { measureUserAgentSpecificMemory } = performance as unknown as {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>;
  };
  const { bytes: heaps } = await measureUserAgentSpecificMemory.call(performance);
  return { tensors: memory.tensors, bytes: memory.bytes, heaps };
}
