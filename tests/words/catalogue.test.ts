import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import * as everywhere from '../../src/lib/words/en';
import { fetchWords, plural, spoken } from '../../src/lib/words';
import { chinese as everywhereZh, chineseOfViews } from '../../src/lib/words/zh';

type Words = { readonly [word: string]: unknown };

const views = import.meta.glob<Words>('../../src/lib/words/en/views/*.ts', { eager: true });
/** Words that any part of the page may need, and those of single views. */
const english = { ...everywhere, ...(Object.assign({}, ...Object.values(views)) as object) };
const chinese = { ...everywhereZh, ...chineseOfViews } as typeof everywhereZh;

/** Every word of a part by its path: "theme.dark". A part that is a list counts its entries. */
function paths(words: object, front = ''): string[] {
  return Object.entries(words as Words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null ? paths(value, `${front}${key}.`) : [`${front}${key}`]
  );
}

/** The text of every entry that is one; functions are left to their own tests. */
function texts(words: object): string[] {
  return Object.values(words as Words).flatMap((value) =>
    typeof value === 'object' && value !== null ? texts(value) : typeof value === 'string' ? [value] : []
  );
}

const speak = async (code: 'en' | 'zh') => (await fetchWords(code))();
const marks = (text: string) => text.match(/\{\w+\}|`[^`]*`/g)?.sort() ?? [];

afterEach(() => speak('en'));

describe('the catalogue', () => {
  it.each(Object.keys(english))('%s says the same things in both languages', (part) => {
    const name = part as keyof typeof english;
    expect(paths(chinese[name]).sort()).toEqual(paths(english[name]).sort());
  });

  it.each(Object.keys(english))('%s is looked up by its own name', async (part) => {
    const name = part as keyof typeof english;
    const key = Object.keys(english[name])[0];
    await speak('zh');
    expect((english[name] as Words)[key]).toBe((chinese[name] as Words)[key]);
  });

  it.each(Object.keys(english))('%s has no empty word, and the same marks in both languages', (part) => {
    const name = part as keyof typeof english;
    const [own, other] = [texts(english[name]), texts(chinese[name])];
    expect([...own, ...other].filter((text) => text.trim() === '')).toEqual([]);
    expect(other.flatMap(marks).sort()).toEqual(own.flatMap(marks).sort());
  });

  it('has a file a part in each language', () => {
    const files = (language: string) => readdirSync(`src/lib/words/${language}`).sort();
    expect(files('zh')).toEqual(files('en'));
  });
});

describe('fetchWords(language)', () => {
  it('changes what every part says, and back', async () => {
    const { shellWords, promptWords } = english;
    expect([spoken(), shellWords.copyLink, promptWords.count(14, 1024)]).toEqual([
      'en',
      'Copy link',
      '14 of 1,024 tokens'
    ]);
    await speak('zh');
    expect([spoken(), shellWords.copyLink, promptWords.count(14, 1024), shellWords.theme.dark]).toEqual([
      'zh',
      '复制链接',
      '14 / 1,024 个词元',
      '深色'
    ]);
    await speak('en');
    expect([spoken(), shellWords.copyLink]).toEqual(['en', 'Copy link']);
  });
});

describe('plural(count, forms)', () => {
  it('takes "one" for 1 alone', () => {
    const forms = { one: 'row', other: 'rows' };
    expect([0, 1, 2, 21].map((count) => plural(count, forms))).toEqual(['rows', 'row', 'rows', 'rows']);
  });
});
