import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const PATIENCE_MS = 60_000;

/** `expect` that waits for the page. */
export const eventually = <T>(read: () => Promise<T>) =>
  expect.poll(read, { timeout: PATIENCE_MS, interval: 50 });

/** The Models page as its reader meets it. */
export class ModelsPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  card(name: string): Locator {
    return this.page.getByRole('article', { name });
  }

  /** What the card says of where the model is. */
  state(name: string): Promise<string> {
    return this.card(name).locator('.state').innerText();
  }

  message(): Promise<string> {
    return this.page.locator('p.message[role="status"]').innerText();
  }

  /** Fetches from an address. */
  async fetch(url: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Hub id or address' }).fill(url);
    await this.page.getByRole('button', { name: 'Fetch' }).click();
  }

  async kept(name: string): Promise<void> {
    await eventually(() => this.state(name)).toMatch(/^kept in this browser/);
  }

  /** Opens the model in the explorer, and waits for its prediction. */
  async openInExplorer(name: string): Promise<void> {
    await this.card(name).getByRole('link', { name: 'Open' }).click();
    await this.page
      .getByRole('region', { name: 'Next token', exact: true })
      .waitFor({ timeout: PATIENCE_MS });
  }
}

/** The model that the explorer's header names. */
export const openModel = (page: Page) =>
  page.getByRole('combobox', { name: 'Model', exact: true }).inputValue();
