import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { parseView } from '../../../src/lib/state';
import { ALL_TERMS, markTerms, termFacts, termParts } from '../../../src/lib/viz/glossary';
import { fetchWords } from '../../../src/lib/words';
import { glossaryWords } from '../../../src/lib/words/en/views/glossary';
import { termWords } from '../../../src/lib/words/en/views/terms';

const LANGUAGES = ['en', 'zh'] as const;
const speak = async (code: (typeof LANGUAGES)[number]) => (await fetchWords(code))();
const address = (term: string) => `/glossary/#${term}`;
const marked = (text: string) =>
  termParts(text, termWords.forms).flatMap(({ term, text: own }) => (term ? [`${own}=${term}`] : []));

afterEach(() => speak('en'));

describe('the glossary', () => {
  it('has a name, its forms and a sentence for each term, and no others', () => {
    for (const words of [termWords.names, termWords.forms, glossaryWords.says]) {
      expect(Object.keys(words).sort()).toEqual([...ALL_TERMS].sort());
    }
  });

  it.each([...ALL_TERMS])('opens %s where it can be seen', (term) => {
    const { formula, live } = termFacts(term);
    expect(parseView(live).problems.map((say) => say())).toEqual([]);
    const known = parseView('').state;
    expect([...new URLSearchParams(live).keys()].filter((field) => !(field in known))).toEqual([]);
    expect(formula).not.toBe('');
  });

  it.each(LANGUAGES)(
    'explains each term in %s by itself, with terms that are found in texts',
    async (code) => {
      await speak(code);
      const says = Object.values(glossaryWords.says);
      expect(new Set(says).size).toBe(ALL_TERMS.length);
      const all = Object.values(termWords.forms).flatMap((forms) => forms.split('|'));
      expect(new Set(all).size).toBe(all.length); // a form names one term
      for (const [term, forms] of Object.entries(termWords.forms)) {
        for (const form of forms.split('|')) expect(marked(form), form).toEqual([`${form}=${term}`]);
      }
    }
  );

  it('explains what is not in the other language in its own', async () => {
    const english = { ...glossaryWords.says };
    await speak('zh');
    for (const term of ALL_TERMS) expect(glossaryWords.says[term]).toMatch(/\p{Script=Han}/u);
    for (const term of ALL_TERMS) expect(glossaryWords.says[term]).not.toBe(english[term]);
  });
});

describe('termParts(text, forms, seen)', () => {
  it('marks the first use of a term, in the plural and as a whole word', () => {
    expect(marked('Heads read ahead; a head is no heading, and logits are no mlp.post.')).toEqual([
      'Heads=head',
      'logits=logit'
    ]);
  });

  it('takes the longest name', () => {
    expect(marked('The logit lens reads logits; an induction head is a head.')).toEqual([
      'logit lens=lens',
      'logits=logit',
      'induction head=induction',
      'head=head'
    ]);
  });

  it('loses no letter', () => {
    const text = 'Queries, keys and values: softmax of q · k.';
    expect(
      termParts(text, termWords.forms)
        .map((part) => part.text)
        .join('')
    ).toBe(text);
  });

  it('finds Chinese terms without spaces', async () => {
    await speak('zh');
    expect(marked('残差流经过softmax得到概率。')).toEqual([
      '残差流=residual',
      'softmax=softmax',
      '概率=probability'
    ]);
  });
});

describe('markTerms(html, forms, address, seen)', () => {
  it('leaves code, headings, links and attributes alone', () => {
    const html = '<h3>Softmax</h3><p title="softmax"><code>softmax</code> <a href="x">softmax</a></p>';
    expect(markTerms(html, termWords.forms, address)).toBe(html);
  });

  it('marks a term once over several texts', () => {
    const seen = new Set<never>();
    const mark = (html: string) => markTerms(html, termWords.forms, address, seen);
    expect(mark('<p>The <strong>residual stream</strong>.</p>')).toBe(
      '<p>The <strong><a class="term" data-term="residual" href="/glossary/#residual">residual stream</a></strong>.</p>'
    );
    expect(mark('<p>The residual stream.</p>')).toBe('<p>The residual stream.</p>');
  });
});

describe('terms in the lessons', () => {
  it.each(LANGUAGES)('stand in each of them, in %s', async (code) => {
    await speak(code);
    const files = readdirSync('src/lessons').filter((name) => /\.zh\.md$/.test(name) === (code === 'zh'));
    expect(files.length).toBeGreaterThan(8);
    for (const name of files)
      expect(marked(readFileSync(`src/lessons/${name}`, 'utf8')).length, name).toBeGreaterThan(4);
  });
});
