import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINK_VERSION, readAddress, withView } from '../../src/lib/state/address';
import { withLanguage } from '../../src/lib/state/language-link';
import { formatLessonLink, LESSON_MODES, parseLessonLink } from '../../src/lib/state/lesson-link';
import { formatView, parseView } from '../../src/lib/state/url';
import { DEFAULT_VIEW, type ViewState } from '../../src/lib/state/view-state';
import { anyView } from './any-view';

const address = (text: string) => new URL(text, 'https://lens.example/');
const fields = (text: string) => Object.fromEntries(new URLSearchParams(text));
const view = (change: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...change });

/** Links as each version of the page made them. */
const STORED: readonly (readonly [name: string, link: string, state: ViewState])[] = [
  [
    'version 1, Q · K · V',
    '/?v=1&model=gpt2-nano&prompt=When+Mary+and+John+went+to&bos=1&view=qkv&layer=3&head=7&position=5&key=2' +
      '&temperature=0.7&top_k=5&top_p=0.9&seed=7&backend=wasm',
    view({
      prompt: 'When Mary and John went to',
      bos: true,
      view: 'qkv',
      layer: 3,
      head: 7,
      position: 5,
      key: 2,
      temperature: 0.7,
      top_k: 5,
      top_p: 0.9,
      seed: 7,
      backend: 'wasm'
    })
  ],
  [
    'version 1, decoding',
    '/?v=1&model=gpt2-nano&prompt=Once&view=decode&generated=11.612&step=1&lang=zh',
    view({ prompt: 'Once', layer: 6, head: 4, view: 'decode', generated: [11, 612], step: 1 })
  ],
  [
    'version 1, before there was a decode view',
    '/?v=1&model=gpt2-nano&prompt=one%2C+two&view=lens&temperature=0.7&top_k=40&seed=7',
    view({ prompt: 'one, two', layer: 6, head: 4, view: 'lens', temperature: 0.7, top_k: 40, seed: 7 })
  ],
  [
    'version 2, the logit lens',
    '/#v=2&model=gpt2-nano&prompt=Once&ids=7454.2402&view=lens&measure=kl&track=257&position=1&form=arcs',
    view({
      prompt: 'Once',
      ids: [7454, 2402],
      view: 'lens',
      measure: 'kl',
      track: 257,
      position: 1,
      form: 'arcs'
    })
  ],
  [
    'version 2, decoding',
    '/#v=2&model=gpt2-nano&prompt=Once&view=decode&generated=11.612&step=1&lang=zh',
    view({ prompt: 'Once', view: 'decode', generated: [11, 612], step: 1 })
  ]
];

describe('readAddress(location)', () => {
  it.each(STORED)('opens what a stored link was made of: %s', (_, link, state) => {
    const { text, problems } = readAddress(address(link));
    expect(problems).toEqual([]);
    expect(parseView(text)).toEqual({ state, problems: [] });
  });

  it('has a stored link of every version', () => {
    const versions = STORED.map(([, link]) => Number(/v=(\d+)/.exec(link)![1]));
    expect([...new Set(versions)]).toEqual(Array.from({ length: LINK_VERSION }, (_, i) => i + 1));
  });

  it('tells the step of a lesson from the step of decoding in a link of version 1, which has one name for both', () => {
    const both =
      '/lessons/deep-dive/?v=1&prompt=Once&generated=11.612&step=1&mode=step&step=wte&edit.wte=1%3B';
    const { text } = readAddress(address(both));
    expect(parseView(text).problems).toEqual([]);
    expect(parseView(text).state.step).toBe(1);
    expect(parseLessonLink(text, ['wte'], [{ id: 'wte', code: '' }])).toEqual({
      link: { mode: 'step', gated: false, step: 'wte', edits: { wte: '1;' }, added: [] },
      problems: []
    });
  });

  it('gives a link of version 1 that names no head the head that was the usual one then', () => {
    expect(fields(readAddress(address('/?v=1&prompt=a&head=2')).text)).toEqual({
      prompt: 'a',
      view: 'attention',
      layer: '6',
      head: '2'
    });
    expect(fields(readAddress(address('/?prompt=a')).text)).toEqual({ prompt: 'a' }); // written by hand
  });

  it('reads the query as version 1 and the fragment as the newest where neither says', () => {
    expect(fields(readAddress(address('/?step=wte')).text)).toEqual({ lesson_step: 'wte' });
    expect(fields(readAddress(address('/#step=2&prompt=a')).text)).toEqual({ step: '2', prompt: 'a' });
  });

  it('takes the fragment alone where there is one: programs that pass links on add to the query', () => {
    const { text } = readAddress(address('/?utm_source=chat&layer=3#v=2&prompt=a'));
    expect(fields(text)).toEqual({ prompt: 'a' });
  });

  it('reads a bare fragment as a place on the page, beside the query', () => {
    const { text, anchor } = readAddress(address('/lessons/deep-dive/?prompt=a#wte'));
    expect([fields(text), anchor]).toEqual([{ prompt: 'a' }, 'wte']);
    expect(readAddress(address('/#%E4%B8%AD%')).anchor).toBe('%E4%B8%AD%');
  });

  it.each(['3', '0', 'x', ''])('names a version that it does not know, and reads what it can: v=%s', (v) => {
    const { text, problems } = readAddress(address(`/#v=${v}&prompt=a`));
    expect(problems.map((say) => say())[0]).toMatch(`The link's v should be at most 2, got ${v}: a newer`);
    expect(fields(text)).toEqual({ prompt: 'a' });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (hash, search) => {
        const { text } = readAddress({ hash: `#${hash}`, search: `?${search}` });
        parseView(text);
      })
    );
  });
});

describe('every link that the page makes', () => {
  const steps = ['wte', 'what-it-is', '2-layers'];
  const programs = steps.map((id) => ({ id, code: '' }));
  const page = fc.record({
    state: anyView,
    lang: fc.constantFrom(null, 'en' as const, 'zh' as const),
    lesson: fc.record({
      mode: fc.constantFrom(...LESSON_MODES),
      gated: fc.boolean(),
      step: fc.constantFrom(null, ...steps),
      edits: fc.dictionary(fc.constantFrom(...steps), fc.string()).map((edits) => ({ ...edits })),
      added: fc.constantFrom([], [{ id: 'mine-1', after: 'what-it-is' }])
    })
  });

  it('opens the same view without a complaint, in the explorer, on a lesson and on the Models page', () => {
    fc.assert(
      fc.property(page, ({ state, lang, lesson }) => {
        const view = formatView(state);
        const ofLesson = [view, formatLessonLink(lesson)].filter(Boolean).join('&');
        for (const link of [view, ofLesson]) {
          const opened = readAddress(address(withView('/', withLanguage(link, lang))));
          expect(opened.problems).toEqual([]);
          expect(parseView(opened.text)).toEqual({ state, problems: [] });
          const expected =
            link === ofLesson ? lesson : { mode: 'read', gated: false, step: null, edits: {}, added: [] };
          expect(parseLessonLink(opened.text, steps, programs)).toEqual({ link: expected, problems: [] });
        }
      })
    );
  });
});
