// @vitest-environment jsdom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_VIEW, formatView, LanguageChoice, parseView } from '../../src/lib/state';
import { languageInLink, withLanguage } from '../../src/lib/state/language-link';
import { fetchWords } from '../../src/lib/words';

const browserSpeaks = (...tags: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(tags);

beforeEach(() => {
  localStorage.clear();
  browserSpeaks('en-US');
});
afterEach(async () => {
  vi.restoreAllMocks();
  (await fetchWords('en'))();
});

describe('LanguageChoice', () => {
  it('speaks what the link says, before what was chosen on this device', async () => {
    localStorage.setItem('gpt2-lens:language', 'en');
    const language = new LanguageChoice();
    await language.open('?v=1&lang=zh');
    expect([language.code, language.chosen, language.problem]).toEqual(['zh', 'zh', null]);
  });

  it('speaks what was chosen on this device, before what the browser asks for', async () => {
    browserSpeaks('zh-CN');
    localStorage.setItem('gpt2-lens:language', 'en');
    const language = new LanguageChoice();
    await language.open('');
    expect([language.code, language.inLink('v=1')]).toEqual(['en', 'v=1&lang=en']);
  });

  it.each([
    [['zh-CN', 'en'], 'zh'],
    [['de-DE', 'zh-Hant-TW'], 'zh'],
    [['de-DE', 'en-GB', 'zh'], 'en'],
    [['fr'], 'en']
  ])(
    'speaks the first of the browser’s languages %j that it knows: %s, and leaves it out of the link',
    async (tags, code) => {
      browserSpeaks(...tags);
      const language = new LanguageChoice();
      await language.open('');
      expect([language.code, language.chosen, language.inLink('v=1')]).toEqual([code, null, 'v=1']);
    }
  );

  it('names a language that it does not speak, and stays with the usual one', async () => {
    const language = new LanguageChoice();
    await language.open('?lang=xx');
    expect(language.code).toBe('en');
    expect(language.problem).toBe("The link's lang should be one of en, zh; the usual one is shown.");
  });

  it('remembers a choice and puts it into the link', async () => {
    const language = new LanguageChoice();
    await language.open('');
    await language.choose('zh');
    expect([language.code, language.inLink('v=1&head=3')]).toEqual(['zh', 'v=1&head=3&lang=zh']);
    const next = new LanguageChoice();
    await next.open('');
    expect(next.chosen).toBe('zh');
  });

  it('takes the last of two choices made at once', async () => {
    const language = new LanguageChoice();
    await language.open('');
    await Promise.all([language.choose('zh'), language.choose('en')]);
    expect([language.code, language.chosen]).toEqual(['en', 'en']);
  });
});

describe('withLanguage(query, code)', () => {
  it('says the language and changes nothing else of a view', () => {
    const prompt = fc.string({ unit: 'grapheme', maxLength: 100 });
    fc.assert(
      fc.property(
        prompt,
        fc.constantFrom('en', 'zh', null),
        fc.constantFrom('en', 'zh', null),
        (text, code, old) => {
          const state = { ...DEFAULT_VIEW, prompt: text };
          const query = withLanguage(withLanguage(formatView(state), old), code);
          expect(languageInLink(query)).toEqual({ code, isWrong: false });
          expect(parseView(query)).toEqual({ state, problems: [] });
          expect(withLanguage(query, null)).toBe(formatView(state));
        }
      )
    );
  });
});
