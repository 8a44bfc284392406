/** The explorer as its reader meets it: what can be seen, pointed at and typed, by roles, names and texts. */
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';

/** How long anything on the page may take; a run takes far less, a busy machine a good part of it. */
export const PATIENCE_MS = 30_000;
const LOAD_MS = 120_000;
const POLL_MS = 50;

export const TABS = [
  'Flow',
  'Embeddings',
  'Attention',
  'Q · K · V',
  'MLP',
  'LayerNorm',
  'Residual stream',
  'Logit lens',
  'Why',
  'Heads',
  'Weights',
  'Decode'
] as const;
export type Tab = (typeof TABS)[number];

/** A token of the prompt, as its chip shows it. */
export interface Chip {
  readonly label: string;
  readonly id: number;
  readonly selected: boolean;
}

/** A bar of the prediction, as it is written. */
export interface Bar {
  readonly token: string;
  readonly probability: string;
  readonly logit: string;
  readonly rank: string;
}

/** `expect` that waits for the page: `await eventually(() => explorer.count()).toBe('1 of 512 tokens')`. */
export const eventually = <T>(read: () => Promise<T> | T) =>
  expect.poll(read, { timeout: PATIENCE_MS, interval: POLL_MS });

/** Repeats a check of several reads until it passes. */
export const patiently = (check: () => Promise<void>) =>
  vi.waitFor(check, { timeout: PATIENCE_MS, interval: POLL_MS });

/** The fields of the link in a page's address bar. */
export const linkIn = (page: Page): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.slice(1));

const BYTE = /^<([0-9A-F]{2})>/;
const VISIBLE: Readonly<Record<string, string>> = { '·': ' ', '⏎': '\n' };

/** The text that chips stand for, bytes and visible spaces turned back. */
export function textOfLabels(labels: readonly string[]): string {
  const bytes: number[] = [];
  let rest = labels.join('');
  while (rest !== '') {
    const byte = BYTE.exec(rest);
    const character = byte ? byte[0] : String.fromCodePoint(rest.codePointAt(0)!);
    if (byte) bytes.push(parseInt(byte[1], 16));
    else bytes.push(...Buffer.from(VISIBLE[character] ?? character));
    rest = rest.slice(character.length);
  }
  return Buffer.from(bytes).toString('utf8');
}

export class ExplorerPage {
  readonly page: Page;
  /** What the page must not do, as `browser.ts` collects it. */
  readonly complaints: string[];
  readonly prompt: Locator;
  readonly chipRow: Locator;
  readonly map: Locator;
  readonly prediction: Locator;
  readonly best: Locator;
  readonly draw: Locator;
  readonly seed: Locator;
  readonly cells: Locator;

  constructor(page: Page, complaints: string[]) {
    this.page = page;
    this.complaints = complaints;
    this.prompt = page.getByRole('textbox', { name: 'Prompt' });
    this.chipRow = page.getByRole('toolbar', { name: /^Tokens;/ });
    this.map = page.getByRole('toolbar', { name: /^(Model map|模型地图)/ });
    this.prediction = page.getByRole('region', { name: 'Next token', exact: true });
    this.best = page.getByRole('button', { name: 'Take the best' });
    this.draw = page.getByRole('button', { name: 'Draw', exact: true }).first();
    this.seed = page.getByRole('textbox', { name: 'seed' });
    this.cells = page.getByRole('button', { name: /^Cells of the map/ });
  }

  /** Waits until the first run is drawn. */
  async ready(): Promise<void> {
    await this.page.getByRole('tabpanel').locator('> *').first().waitFor({ timeout: LOAD_MS });
    await this.idle();
  }

  /** Waits until no run is under way. */
  async idle(): Promise<void> {
    const main = this.page.getByRole('main');
    await patiently(async () => expect(await main.getAttribute('aria-busy')).toBe('false'));
  }

  /** Waits until the prompt's own run is on screen; the sign that it runs is there from the first letter on. */
  async settled(prompt: string): Promise<void> {
    await patiently(async () => expect(await this.promptOnChips()).toBe(prompt));
    await this.idle();
  }

  /** Replaces the prompt, as by pasting, and waits for its run. */
  async write(prompt: string): Promise<void> {
    await this.prompt.fill(prompt);
    await this.settled(prompt);
  }

  async chips(): Promise<Chip[]> {
    return this.chipRow.getByRole('button').evaluateAll((chips) =>
      chips.map((chip) => ({
        label: chip.querySelector('[aria-hidden] .token')?.textContent ?? '',
        id: Number(/id (\d+)(?:,|$)/.exec(chip.querySelector('.visually-hidden')?.textContent ?? '')?.[1]),
        selected: chip.getAttribute('aria-pressed') === 'true'
      }))
    );
  }

  async promptOnChips(): Promise<string> {
    const labels = (await this.chips()).map(({ label }) => label);
    return textOfLabels(labels[0] === '<|endoftext|>' ? labels.slice(1) : labels);
  }

  chip(position: number): Locator {
    return this.chipRow.getByRole('button', { name: new RegExp(`^position ${position}:`) });
  }

  /** The position whose chip is pressed. */
  async position(): Promise<number> {
    return (await this.chips()).findIndex(({ selected }) => selected);
  }

  tab(name: Tab): Locator {
    return this.page.getByRole('tab', { name, exact: true });
  }

  /** Opens a tab by a click, and waits until its view is drawn. */
  async openTab(name: Tab): Promise<void> {
    await this.tab(name).click();
    await eventually(() => this.tab(name).getAttribute('aria-selected')).toBe('true');
    await eventually(() => this.page.getByRole('tabpanel').locator('> *').count()).toBeGreaterThan(0); // its code is here
  }

  /** Opens a tab at its first picture: Why has none before an edit, but a part of it always has. */
  async openPicture(name: Tab): Promise<void> {
    await this.openTab(name);
    if (name === 'Why') await this.page.getByRole('radio', { name: 'Who wrote it' }).click();
    await eventually(() => this.pictures.count()).toBeGreaterThan(0);
  }

  get pictures(): Locator {
    return this.page.getByRole('tabpanel').locator('svg, canvas, [role=grid], [role=radiogroup]');
  }

  /** The heading of the chosen part: "Head 6.4 attention, block 6". */
  async title(): Promise<string> {
    const heading = this.page.getByRole('tabpanel').getByRole('heading', { level: 2 }).first();
    return (await heading.innerText()).replaceAll(/\s+/g, ' ');
  }

  /** A place of the model map: "Block 3 attention", "Embeddings". */
  place(name: string): Locator {
    return this.map.getByRole('button', { name: new RegExp(`^${name}:`) });
  }

  head(layer: number, head: number): Locator {
    return this.page.getByRole('radio', { name: new RegExp(`^head ${layer}\\.${head}:`) });
  }

  radio(group: string, name: string): Locator {
    return this.page
      .getByRole('radiogroup', { name: group, exact: true })
      .getByRole('radio', { name, exact: true });
  }

  slider(name: string): Locator {
    return this.prediction.getByRole('slider', { name });
  }

  /** The middle of a cell of the large map, px from the pad's corner. */
  async cellMiddle(query: number, key: number): Promise<{ x: number; y: number }> {
    const box = await this.cells.boundingBox();
    const T = (await this.chips()).length;
    if (!box) throw new Error('cellMiddle: the large map must be on screen, got none.');
    const side = box.width / T;
    return { x: (key + 0.5) * side, y: (query + 0.5) * side };
  }

  /** What is said about the cell under the pointer or the locked one. */
  async story(): Promise<string> {
    return (await this.page.getByTestId('cell-story').innerText()).replaceAll(/\s+/g, ' ');
  }

  async bars(): Promise<Bar[]> {
    const rows = this.prediction.getByRole('list', { name: /^The most likely/ }).locator('[data-token]');
    return rows.evaluateAll((all) =>
      all.map((row) => {
        const seen = [...row.querySelectorAll(':scope > .name, :scope > .number, :scope > .quiet')];
        const [token, probability, logit, rank] = seen.map((part) => part.textContent.trim());
        return { token, probability, logit, rank };
      })
    );
  }

  /** The token that the prediction follows: "·to" of "What comes next after “·to”". */
  async predictedAfter(): Promise<string | undefined> {
    const heading = await this.prediction.getByRole('heading', { level: 2 }).innerText();
    return /“(.*)”/su.exec(heading)?.[1];
  }

  /** "14 of 512 tokens". */
  async count(): Promise<string> {
    const region = this.page.getByRole('region', { name: 'Prompt', exact: true });
    return (
      await region
        .getByRole('status')
        .filter({ hasText: / of [\d,]+ tokens/ })
        .innerText()
    ).trim();
  }

  /** Everything the prediction says in sentences. */
  async predictionText(): Promise<string> {
    return (await this.prediction.innerText()).replaceAll(/\s+/g, ' ');
  }

  /** The rows of the table behind a picture, opened if it is not; waits until it holds some. */
  async table(caption: string | RegExp): Promise<string[][]> {
    const details = this.page.locator('details', {
      has: this.page.locator('caption', { hasText: caption })
    });
    await details.waitFor();
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    await patiently(async () => expect(await details.locator('tbody tr').count()).toBeGreaterThan(0));
    return this.#allRows(details);
  }

  /** A long table draws only the rows in view: reads them page by page. */
  async #allRows(details: Locator): Promise<string[][]> {
    const region = details.getByRole('region');
    const count = Number(await details.locator('table').getAttribute('aria-rowcount')) - 1;
    const rows = new Map<number, string[]>();
    for (let page = 0; rows.size < count; page++) {
      await region.evaluate((element, n) => (element.scrollTop = (n * element.clientHeight) / 2), page);
      await this.page.waitForTimeout(page === 0 ? 0 : POLL_MS);
      const drawn = await details.locator('tr[aria-rowindex]').evaluateAll((all) =>
        all.map((row) => ({
          index: Number(row.getAttribute('aria-rowindex')),
          cells: [...row.querySelectorAll('td')].map((cell) => cell.textContent)
        }))
      );
      for (const { index, cells } of drawn) rows.set(index, cells);
      if (page > 2 * count) throw new Error(`table: ${count} rows must be drawn, got ${rows.size}.`);
    }
    return [...rows].sort(([a], [b]) => a - b).map(([, cells]) => cells);
  }

  /** What the address bar holds. */
  link(): URLSearchParams {
    return linkIn(this.page);
  }

  async focusName(): Promise<string> {
    return this.page.evaluate(() => {
      const { activeElement: element } = document;
      const name = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      return name.replaceAll(/\s+/g, ' ').trim();
    });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
