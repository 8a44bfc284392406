import { fetchWords, LANGUAGES, messages, spoken, type Language } from '$lib/words';
import { recall, remember } from './device-memory';
import { isLanguage, languageInLink, withLanguage } from './language-link';

const STORAGE_KEY = 'gpt2-lens:language';
/** What the reader chose on this device; null if never. */
function stored(): Language | null {
  const value = recall(STORAGE_KEY);
  return isLanguage(value) ? value : null;
}

/** The first of the browser's languages that the page speaks. */
function preferred(): Language {
  for (const tag of navigator.languages) {
    const language = tag.split('-')[0].toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

/**
 * English or Chinese: what the link says, else the reader's choice on this device, else the browser's languages.
 * A choice stands in the link; what the browser asked for does not.
 */
export class LanguageChoice {
  #chosen = $state<Language | null>(null);
  #say = $state.raw<(() => string) | null>(null);
  #latest = 0;

  /** The language on screen. */
  get code(): Language {
    return spoken();
  }

  /** What was chosen, by the link or the reader; null: the browser's own language is spoken. */
  get chosen(): Language | null {
    return this.#chosen;
  }

  /** Why the page does not speak what it should; null if it does. */
  get problem(): string | null {
    return this.#say?.() ?? null;
  }

  /** Reads a page's query and speaks the language it asks for; resolves when its words are there. */
  async open(query: string): Promise<void> {
    const { code, isWrong } = languageInLink(query);
    this.#chosen = code ?? stored();
    await this.#speak(this.#chosen ?? preferred());
    if (isWrong) this.#say ??= () => messages.badLanguage(LANGUAGES.join(', '));
  }

  /** The reader's own choice; remembered once the words have arrived. Nothing else on the page changes. */
  async choose(code: Language): Promise<void> {
    if (!(await this.#speak(code))) return;
    this.#chosen = code;
    remember(STORAGE_KEY, code);
  }

  /** A page's query with the choice in it. */
  inLink(query: string): string {
    return withLanguage(query, this.#chosen);
  }

  /** False if the words could not be fetched, or another language was chosen meanwhile. */
  async #speak(code: Language): Promise<boolean> {
    const call = ++this.#latest;
    this.#say = null;
    if (code === spoken()) return true;
    try {
      const speak = await fetchWords(code);
      if (call !== this.#latest) return false;
      speak();
      return true;
    } catch {
      if (call === this.#latest) this.#say = () => messages.languageFailed;
      return false;
    }
  }
}

/** One for all pages. */
export const language = new LanguageChoice();
