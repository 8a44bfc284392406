import { linkWords as words } from '$lib/words';
import { Refused, type Limits as AllLimits, type Setting } from '../views';
import { LINK_VERSION } from './address';
import type { Say } from './reports.svelte';
import { DEFAULT_VIEW, SETTINGS, type ViewState } from './view-state';

/**
 * The whole view as the fields of a link, one field for each setting, so that reading and writing cannot drift apart.
 * `parseView(formatView(state)).state` equals `state`; a setting at its default is left out.
 */

const NAMES = Object.keys(SETTINGS) as (keyof ViewState)[];

const settingOf = <K extends keyof ViewState>(key: K) => SETTINGS[key] as unknown as Setting<ViewState[K]>;

/** Always written, so that a link still opens the same prompt and head when the defaults change. */
const ALWAYS: readonly (keyof ViewState)[] = ['model', 'prompt', 'view', 'layer', 'head'];

function isDefault<K extends keyof ViewState>(key: K, value: ViewState[K]): boolean {
  const { format, default: usual } = settingOf(key);
  return format(value) === format(usual);
}

/** The fields of a link, as a query without `?`. */
export function formatView(state: ViewState): string {
  const query = new URLSearchParams({ v: String(LINK_VERSION) });
  const write = <K extends keyof ViewState>(key: K) => {
    const value = state[key];
    if (value === null || (isDefault(key, value) && !ALWAYS.includes(key))) return;
    query.set(key, settingOf(key).format(value));
  };
  NAMES.forEach(write);
  return query.toString();
}

/**
 * Reads a link's fields, of the newest version (readAddress). Never throws: a missing value means its default, an
 * impossible one keeps its default and is named in `problems`, in words for the page and in the language of the moment
 * when they are read.
 */
export function parseView(text: string): { state: ViewState; problems: Say[] } {
  const given = new URLSearchParams(text);
  const state: ViewState = { ...DEFAULT_VIEW };
  const problems: Say[] = [];
  const read = <K extends keyof ViewState>(key: K) => {
    const value = given.get(key);
    if (value === null) return;
    try {
      state[key] = settingOf(key).parse(value);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { expected } = error;
      problems.push(() => words.refused(key, expected()));
    }
  };
  NAMES.forEach(read);
  return { state, problems };
}

/** What a model and a prompt allow; the tokens that decoding has added stand in the view itself. */
export type Limits = Omit<AllLimits, 'generated'>;

/**
 * Brings a view within a model and a prompt: what does not exist there goes back to its default, and is named.
 */
export function fitView(state: ViewState, limits: Limits): { state: ViewState; problems: Say[] } {
  const fitted = { ...state };
  const problems: Say[] = [];
  const all = { ...limits, generated: state.generated?.length ?? 0 };
  const fit = <K extends keyof ViewState>(key: K) => {
    const { count: countOf, default: usual } = settingOf(key);
    const value = state[key];
    if (!countOf || typeof value !== 'number') return;
    const count = countOf(all);
    if (value < count) return;
    fitted[key] = typeof usual === 'number' ? (Math.min(usual, count - 1) as ViewState[K]) : usual;
    if (value === usual) return; // the link did not ask for it
    problems.push(() => (count > 0 ? words.absent(key, value, count - 1) : words.absentAll(key, value)));
  };
  NAMES.forEach(fit);
  return { state: fitted, problems };
}
