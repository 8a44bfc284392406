/** Everything that a view shows and a link must restore, as it stands on the page. */
import type { Bar, Chip, ExplorerPage } from '../page.ts';

export interface ViewSnapshot {
  readonly prompt: string;
  readonly chips: readonly Chip[];
  /** The open tab and its heading. */
  readonly tab: string;
  readonly title: string;
  /** What is chosen in each group of choices: "Stage shown: softmax". */
  readonly choices: readonly string[];
  /** The place of the model map that is shown. */
  readonly place: string | null;
  /** Sampling: "temperature 0.70". */
  readonly sliders: readonly string[];
  /** Null where no token can be added: not at the last position. */
  readonly seed: string | null;
  readonly bos: boolean;
  readonly bars: readonly Bar[];
  readonly theme: string | undefined;
  /** What is said about the selected cell, component or token, with its numbers, and the tables that are open. */
  readonly text: string;
}

/** Reads a view once its run and the reads of its pictures have arrived. */
export async function viewSnapshot(explorer: ExplorerPage): Promise<ViewSnapshot> {
  const { page } = explorer;
  const panel = page.getByRole('tabpanel');
  const choices = await page.getByRole('radio', { checked: true }).evaluateAll((radios) =>
    radios.map((radio) => {
      const group = radio.closest('[role=radiogroup]')?.getAttribute('aria-label');
      return `${group}: ${radio.getAttribute('aria-label') ?? radio.textContent}`;
    })
  );
  const sliders = await explorer.prediction
    .getByRole('slider')
    .evaluateAll((all) => all.map((slider) => slider.getAttribute('aria-valuetext') ?? ''));
  return {
    prompt: await explorer.prompt.inputValue(),
    chips: await explorer.chips(),
    tab: await page.getByRole('tab', { selected: true }).innerText(),
    title: await explorer.title(),
    choices,
    place: await explorer.map.locator('[aria-current]').getAttribute('aria-label'),
    sliders,
    seed: (await explorer.seed.count()) > 0 ? await explorer.seed.inputValue() : null,
    bos: await page.getByRole('checkbox', { name: /endoftext/ }).isChecked(),
    bars: await explorer.bars(),
    theme: await page.evaluate(() => document.documentElement.dataset.theme),
    text: (await panel.innerText()).replaceAll(/\s+/g, ' ')
  };
}
