import { byProcessor, DEFAULT_SETTINGS } from '$lib/gpt2';
import type { ColumnSettings } from '$lib/viz/decode';
import { BEAMS_RANGE, MAX_SEED, type Range } from './setting-ranges';

/** Columns that fit side by side. */
export const MOST_COLUMNS = 4;

const NEUTRAL: ColumnSettings = { ...DEFAULT_SETTINGS, num_beams: 1, seed: 42 };

/** What a class compares first: the best token, three beams, and two temperatures of one seed. */
export const DEFAULT_COLUMNS: readonly ColumnSettings[] = [
  NEUTRAL,
  { ...NEUTRAL, num_beams: 3 },
  { ...NEUTRAL, do_sample: true, temperature: 0.7, top_p: 0.9 },
  { ...NEUTRAL, do_sample: true, temperature: 1.3 }
];

type NumberSetting = Exclude<keyof ColumnSettings, 'do_sample'>;

/** How a setting is written in a link: a letter, then its value; and the values it may take. */
interface Letter extends Range {
  readonly letter: string;
  readonly whole: boolean;
}

const LETTERS = {
  ...byProcessor(({ offered }): Letter => offered),
  num_beams: { letter: 'b', whole: true, min: 1, max: BEAMS_RANGE.max },
  seed: { letter: 's', whole: true, min: 0, max: MAX_SEED }
} satisfies Readonly<Record<NumberSetting, Letter>>;
const SETTINGS = Object.keys(LETTERS) as NumberSetting[];
const MODE = { true: 'sample', false: 'best' } as const;
const BETWEEN_COLUMNS = '_';
const BETWEEN_SETTINGS = '-';

/** Columns as a link holds them: `best_best-b3_sample-t0.7-p0.9`; what changes nothing is left out. */
export function formatColumns(columns: readonly ColumnSettings[]): string {
  return columns.map(formatColumn).join(BETWEEN_COLUMNS);
}

function formatColumn(column: ColumnSettings): string {
  const changed = SETTINGS.filter((name) => column[name] !== NEUTRAL[name]);
  const written = changed.map((name) => `${LETTERS[name].letter}${column[name]}`);
  return [MODE[column.do_sample ? 'true' : 'false'], ...written].join(BETWEEN_SETTINGS);
}

/** Reads what `formatColumns` wrote; null if it is anything else. */
export function parseColumns(text: string): readonly ColumnSettings[] | null {
  const parts = text.split(BETWEEN_COLUMNS);
  if (parts.length > MOST_COLUMNS) return null;
  const columns = parts.map(parseColumn);
  return columns.every((column) => column !== null) ? columns : null;
}

function parseColumn(text: string): ColumnSettings | null {
  const [mode, ...written] = text.split(BETWEEN_SETTINGS);
  if (mode !== MODE.true && mode !== MODE.false) return null;
  const column: { -readonly [K in keyof ColumnSettings]: ColumnSettings[K] } = {
    ...NEUTRAL,
    do_sample: mode === MODE.true
  };
  for (const part of written) {
    const name = SETTINGS.find((setting) => LETTERS[setting].letter === part[0]);
    const value = /^\d{1,10}(\.\d{1,6})?$/.test(part.slice(1)) ? Number(part.slice(1)) : NaN;
    if (!name || !allowed(LETTERS[name], value)) return null;
    column[name] = value;
  }
  return column;
}

function allowed({ whole, min, max }: Letter, value: number): boolean {
  return value >= min && value <= max && (!whole || Number.isInteger(value));
}
