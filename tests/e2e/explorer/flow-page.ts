/** Flow as its tests find it, and the numbers of a NumPy pass over the default prompt. */
import { readFileSync } from 'node:fs';
import { eventually, type ExplorerPage } from '../page.ts';

export const { rows, last } = JSON.parse(readFileSync('tests/fixtures/contributions.json', 'utf8')) as {
  rows: { position: number; own: number[]; shares: number[][] }[];
  /** Of the last row: norms and the logit lens, by depth. */
  last: { resid: number[]; mlp_out: number[]; best: number[]; probability: number[] };
};
export const LAST = rows[rows.length - 1];
export const N_LAYER = 12;
export const FLOW = '?v=1&view=flow';

export const picture = ({ page }: ExplorerPage) => page.getByRole('application', { name: /^Flow:/ });
export const sentence = ({ page }: ExplorerPage) =>
  page.getByRole('tabpanel').getByRole('heading', { level: 2 });
export const card = ({ page }: ExplorerPage) => page.locator('#flow-card');
export const legend = ({ page }: ExplorerPage) => page.getByRole('group', { name: 'Legend' });
export const linkCount = (explorer: ExplorerPage) => picture(explorer).locator('path.link').count();
export const isDrawn = (explorer: ExplorerPage) => eventually(() => linkCount(explorer)).toBeGreaterThan(0);
