/** The decode view as its reader meets it. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { eventually, type ExplorerPage } from '../page.ts';

/** What Hugging Face's `generate` answered, as tests/fixtures/generate.json holds it. */
interface GenerateFixture {
  readonly greedy: readonly Answer[];
  readonly beams: readonly Answer[];
  readonly loss: {
    readonly ids: readonly number[];
    readonly loss: number;
    readonly perplexity: number;
    readonly log_probabilities: readonly number[];
    /** The best and the worst rank that rounding allows each token. */
    readonly rank_bounds: readonly (readonly [number, number])[];
  };
}
interface Answer {
  readonly prompt: readonly number[];
  readonly options: Readonly<Record<string, unknown>>;
  /** New tokens of each sequence. */
  readonly sequences: readonly (readonly number[])[];
  readonly scores?: readonly number[];
}

export const fixture = JSON.parse(readFileSync('tests/fixtures/generate.json', 'utf8')) as GenerateFixture;

/** New tokens that every answer of the fixture was asked for. */
export const NEW_TOKENS = 16;

/** The answer to a prompt under exactly these options, and `NEW_TOKENS`. */
export function answer(
  list: readonly Answer[],
  prompt: readonly number[],
  options: Readonly<Record<string, unknown>>
): Answer {
  const found = list.find(
    (one) =>
      String(one.prompt) === String(prompt) &&
      sameOptions(one.options, { ...options, max_new_tokens: NEW_TOKENS })
  );
  if (!found) throw new Error(`answer: options must be in the fixture, got ${JSON.stringify(options)}.`);
  return found;
}

function sameOptions(one: object, other: object): boolean {
  const sorted = (options: object) => JSON.stringify(Object.entries(options).sort());
  return sorted(one) === sorted(other);
}

/** A link's query that opens the decode view on a prompt given as ids. */
export function decodeQuery(
  ids: readonly number[],
  more: Readonly<Record<string, string | number>> = {}
): string {
  const query = new URLSearchParams({ view: 'decode', prompt: '', ids: ids.join('.') });
  for (const [name, value] of Object.entries(more)) query.set(name, String(value));
  return `?${query}`;
}

export class DecodePage {
  readonly explorer: ExplorerPage;
  readonly page: Page;
  readonly step: Locator;
  readonly run: Locator;
  readonly cancel: Locator;
  readonly why: Locator;
  readonly added: Locator;
  readonly nodes: Locator;

  constructor(explorer: ExplorerPage) {
    this.explorer = explorer;
    this.page = explorer.page;
    this.step = this.button('Step');
    this.run = this.page.getByRole('button', { name: /^Run \d+$/ });
    this.cancel = this.button('Cancel');
    this.why = this.page.getByTestId('why');
    this.added = this.page.getByRole('toolbar', { name: /^Added tokens/ });
    this.nodes = this.page.getByRole('toolbar', { name: /^Candidates/ }).getByRole('button');
  }

  button(name: string): Locator {
    return this.page.getByRole('tabpanel').getByRole('button', { name, exact: true });
  }

  part(name: string): Locator {
    return this.explorer.radio('Part of decoding', name);
  }

  processor(name: string): Locator {
    return this.page.locator(`[data-processor="${name}"]`);
  }

  addedToken(step: number): Locator {
    return this.added.locator(`[data-step="${step}"]`);
  }

  /** Ids of the added tokens, as the link holds them. */
  generated(): number[] {
    const ids = this.explorer.link().get('generated');
    return ids === null ? [] : ids.split('.').map(Number);
  }

  async addedCount(): Promise<number> {
    return this.added.locator('[data-step]').count();
  }

  /** Waits until a step or a run has ended and this many tokens stand there and in the link. */
  async settled(count: number): Promise<void> {
    await eventually(() => this.addedCount()).toBe(count);
    await eventually(() => this.generated().length).toBe(count);
    const ready = count > 0 ? this.button('Undo') : this.step; // after the end of the text only Undo is left
    await eventually(() => ready.isEnabled()).toBe(true);
  }

  async whyText(): Promise<string> {
    return (await this.why.innerText()).replaceAll(/\s+/g, ' ').trim();
  }

  /** The token with the mark "chosen" or "taken": what the settings choose at the position. */
  async chosenId(): Promise<number> {
    const row = this.page.locator('[data-token]', { hasText: /← (chosen|taken)/ });
    expect(await row.count()).toBe(1);
    return Number(await row.getAttribute('data-token'));
  }

  /** Rows of the beam table: ids, log-probability, score and state, as written. */
  async beamRows(): Promise<{ ids: number[]; logProbability: string; score: string; state: string }[]> {
    const rows = this.page.getByRole('region', { name: /best first$/ }).locator('tbody tr');
    return rows.evaluateAll((all) =>
      all.map((row) => {
        const [, logProbability, score, state] = [...row.children].map((cell) => cell.textContent.trim());
        const ids = row.querySelector('[data-ids]')!.getAttribute('data-ids')!.split(' ').map(Number);
        return { ids, logProbability, score, state };
      })
    );
  }
}
