/**
 * Which language the page speaks. English words come with the part of the page that says them; another language is
 * one file that is fetched when it is chosen. `state/language.svelte.ts` decides; everything else only reads.
 */

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Part by part, by the names that `en/` exports. */
type Words = Readonly<Record<string, object>>;

const FETCHED: Readonly<Record<Exclude<Language, 'en'>, () => Promise<Words>>> = {
  zh: async () => {
    const { chinese, chineseOfViews } = await import('./zh');
    return { ...chinese, ...chineseOfViews };
  }
};

/** English stands where it is said, so no words are kept for it. */
let shown = $state.raw<{ readonly code: Language; readonly words: Words | null }>({
  code: 'en',
  words: null
});

/** The language on screen now. */
export function spoken(): Language {
  return shown.code;
}

/** Every word of another language. Throws: Error if it cannot be fetched; the words stay as they are. */
export async function fetchWords(code: Language): Promise<() => void> {
  const words = code === 'en' ? null : await FETCHED[code]();
  return () => (shown = { code, words });
}

/**
 * The words of one part of the page in the language on screen.
 *
 * Reading one (`shellWords.copyLink`, `promptWords.count(14, 512)`) gives it in the language of that moment, and what
 * reads it in a template, `$derived` or `$effect` follows a switch. So never keep a word in a `const` outside a function.
 *
 * @param part the name that `en/` and `zh/` export it by
 */
export function inLanguage<T extends object>(part: string, english: T): T {
  return new Proxy(english, {
    get: (own, key) => Reflect.get(shown.words?.[part] ?? own, key) as unknown
  });
}
