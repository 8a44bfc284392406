import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launch, open, type WatchedPage } from '../browser.ts';
import { overflow, unreached, violations } from '../explorer/page-checks.ts';
import { untranslated } from '../explorer/untranslated.ts';
import { eventually } from '../models/models-page.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 }
];
const CHECK_MS = 120_000;

const linkOf = (address: string) => new URLSearchParams(new URL(address).hash.slice(1));
const verdict = (page: Page) => page.locator('.verdict').innerText();

/** Runs the check on some backends, and waits for its end. */
async function runOn(page: Page, backends: readonly string[]): Promise<void> {
  for (const backend of ['webgl', 'wasm', 'cpu']) {
    await page.getByRole('checkbox', { name: backend }).setChecked(backends.includes(backend));
  }
  await page.getByRole('button', { name: 'Start the check' }).click();
  await page.getByRole('button', { name: 'Stop' }).waitFor();
  await page.getByRole('button', { name: 'Start the check' }).waitFor({ timeout: CHECK_MS });
}

async function saved(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await waiting).path(), 'utf8');
}

describe('the self-check page', () => {
  let browser: Browser;
  let watched: WatchedPage;
  beforeAll(async () => {
    browser = await launch();
    watched = await open(browser, '/check/');
    await watched.page.getByRole('button', { name: 'Start the check', disabled: false }).waitFor();
  });
  afterAll(() => browser.close());

  it('holds every activation of the embedded model beside the stored values, on each backend', async () => {
    const { page, complaints } = watched;
    await runOn(page, ['webgl', 'wasm', 'cpu']);
    expect(await verdict(page)).toMatch(/^All \d+ checks pass on webgl, wasm, cpu\.$/);
    const heads = await page.getByRole('table').first().locator('thead th').allInnerTexts();
    expect(heads).toEqual(['check', 'numbers compared', 'webgl', 'wasm', 'cpu']);
    const pattern = page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: 'attn.hook_pattern' }) });
    expect(await pattern.getByRole('cell').allInnerTexts()).toEqual([
      expect.stringMatching(/^\d+$/),
      ...Array(3).fill(expect.stringMatching(/^✓ passes(, \d\.\de[-−]\d+|, the same)$/))
    ]);
    const leaked = page.getByRole('row').filter({ hasText: 'tensors left behind' });
    expect(await leaked.getByRole('cell').allInnerTexts()).toEqual(['0', '0', '0']);
    expect(complaints).toEqual([]);
  });

  it('saves the report as CSV and as JSON', async () => {
    const { page } = watched;
    const lines = (await saved(page, 'Save as CSV')).trim().split('\n');
    expect(lines[0]).toBe('backend,group,name,prompt,status,largest_difference,numbers_compared,detail');
    expect(lines.filter((line) => line.startsWith('wasm,activation,')).length).toBe(3 * (12 * 18 + 5));
    const report = JSON.parse(await saved(page, 'Save as JSON')) as {
      model: string;
      checks: { backend: string; result: { speed: { tokensPerSecond: number } } }[];
    };
    expect(report.model).toBe('gpt2-nano');
    for (const { result } of report.checks) expect(result.speed.tokensPerSecond).toBeGreaterThan(0);
  });

  it.each(SIZES)('passes axe-core and fits the width at $width × $height', async (viewport) => {
    const { page } = watched;
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await eventually(() => page.locator(`html[data-theme="${colorScheme}"]`).count()).toBe(1);
      expect(await violations(page)).toEqual([]);
    }
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  it('can be walked by keyboard alone', async () => {
    expect(await unreached(watched.page)).toEqual([]);
  });

  it("takes the reader's own values, and says where one differs", async () => {
    const { page } = watched;
    const values = {
      format: 'gpt2-lens-check',
      version: 1,
      model: 'mine',
      prompts: [{ text: 'Once', ids: [7454], activations: { hook_embed: { at: [3], values: [99] } } }]
    };
    await page.getByLabel('Paste values (JSON)').fill('{}');
    await page.getByRole('button', { name: 'Use these values' }).click();
    await eventually(() => page.getByRole('alert').innerText()).toMatch(
      /^These values cannot be used \(pasted values must be gpt2-lens-check/
    );
    await page.getByLabel('Paste values (JSON)').fill(JSON.stringify(values));
    await page.getByRole('button', { name: 'Use these values' }).click();
    await eventually(() =>
      page.getByRole('group', { name: 'Values to check against' }).innerText()
    ).toContain('Your values of mine: one prompt.');
    await runOn(page, ['wasm']);
    expect(await verdict(page)).toMatch(/^1 of 9 checks fail\./);
    expect(await page.locator('li').filter({ hasText: 'hook_embed' }).innerText()).toMatch(
      /^wasm: hook_embed, prompt "Once" \[0, 3\]: -?\d\.\d+, expected 99$/
    );
  });

  it('has a link with its model and backends, which opens the same check', async () => {
    const { page } = watched;
    const { link } = JSON.parse(await saved(page, 'Save as JSON')) as { link: string };
    expect(linkOf(link).get('backends')).toBe('wasm');
    await page.goto('about:blank');
    await page.goto(link.replace('wasm', 'wasm.cpu.abacus'));
    await page.getByRole('button', { name: 'Start the check', disabled: false }).waitFor();
    const ticked = page.getByRole('checkbox', { checked: true });
    expect(await ticked.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))).toEqual([
      'wasm',
      'cpu'
    ]);
    expect(await page.getByRole('combobox', { name: 'Model' }).inputValue()).toBe('gpt2-nano');
  });

  it('is Chinese throughout, and fits the width', async () => {
    const { page } = watched;
    await page.goto('about:blank');
    await page.goto(`${inject('origin')}/check/#lang=zh&backends=cpu`);
    await page.getByRole('button', { name: '开始检查', disabled: false }).click();
    await page.getByRole('button', { name: '停止' }).waitFor();
    await page.getByRole('button', { name: '开始检查' }).waitFor({ timeout: CHECK_MS });
    expect(await verdict(page)).toMatch(/cpu/);
    expect(await untranslated(page)).toEqual([]);
    for (const viewport of SIZES) {
      await page.setViewportSize(viewport);
      expect(await overflow(page)).toBeLessThanOrEqual(0);
    }
    expect(await violations(page)).toEqual([]);
  });
});
