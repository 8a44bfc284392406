import { MediaQuery } from 'svelte/reactivity';
import { recall, remember } from './device-memory';

export type ThemePreference = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'gpt2-lens:theme';

function stored(): ThemePreference {
  const value = recall(STORAGE_KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Light or dark: the reader's choice on this device (not part of a link), else the system's. */
export class ThemeChoice {
  #preference = $state<ThemePreference>(stored());
  readonly #system = new MediaQuery('prefers-color-scheme: dark');
  readonly #paper = new MediaQuery('print');

  get preference(): ThemePreference {
    return this.#preference;
  }

  set preference(value: ThemePreference) {
    this.#preference = value;
    remember(STORAGE_KEY, value === 'system' ? null : value);
  }

  /** What to draw with now; paper is light. */
  get current(): 'light' | 'dark' {
    if (this.#paper.current) return 'light';
    if (this.#preference !== 'system') return this.#preference;
    return this.#system.current ? 'dark' : 'light';
  }
}
