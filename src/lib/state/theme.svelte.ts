import { MediaQuery } from 'svelte/reactivity';
import { recall, remember } from './device-memory';

export type ThemePreference = 'system' | 'light' | 'dark';

const STORAGE_KEY = 'gpt2-lens:theme';

function stored(): ThemePreference {
  const value = recall(STORAGE_KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** What of the page's view a choice stands in. */
interface ThemeHost {
  readonly view: { readonly theme: 'light' | 'dark' | null };
  show(change: { theme: 'light' | 'dark' | null }): void;
}

/** Light or dark: what the link says, else the reader's choice on this device, else the system's. */
export class ThemeChoice {
  #stored = $state<ThemePreference>(stored());
  readonly #host: ThemeHost | null;
  readonly #system = new MediaQuery('prefers-color-scheme: dark');
  readonly #paper = new MediaQuery('print');

  /** @param host the page's view, in whose link a choice stands; null: a page without one */
  constructor(host: ThemeHost | null = null) {
    this.#host = host;
  }

  get preference(): ThemePreference {
    return this.#host?.view.theme ?? this.#stored;
  }

  set preference(value: ThemePreference) {
    const theme = value === 'system' ? null : value;
    this.#stored = value;
    remember(STORAGE_KEY, theme);
    this.#host?.show({ theme });
  }

  /** What to draw with now; paper is light. */
  get current(): 'light' | 'dark' {
    if (this.#paper.current) return 'light';
    if (this.preference !== 'system') return this.preference;
    return this.#system.current ? 'dark' : 'light';
  }
}
