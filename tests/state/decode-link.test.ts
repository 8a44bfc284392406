import { describe, expect, it } from 'vitest';
import { pickSettings } from '../../src/lib/gpt2';
import { DEFAULT_COLUMNS, formatColumns, parseColumns } from '../../src/lib/views';
import { fitView, formatView, parseView } from '../../src/lib/state/url';
import { DEFAULT_VIEW, type ViewState } from '../../src/lib/state/view-state';

const view = (change: Partial<ViewState>): ViewState => ({ ...DEFAULT_VIEW, ...change });

describe('a link of the decode view', () => {
  it('is no longer than it was where nothing is decoded', () => {
    const query = new URLSearchParams(formatView(DEFAULT_VIEW));
    expect([...query.keys()]).toEqual(['v', 'model', 'prompt', 'view', 'layer', 'head']);
  });

  it('keeps the usual value for an impossible one, and names it', () => {
    const { state, problems } = parseView(
      'decode=trees&num_beams=1&early_stopping=maybe&generated=1.x&columns=best_worst&length_penalty=-1'
    );
    expect(state).toEqual(DEFAULT_VIEW);
    expect(problems.map((say) => /link's (\w+)/.exec(say())?.[1])).toEqual([
      'decode',
      'generated',
      'num_beams',
      'length_penalty',
      'early_stopping',
      'columns'
    ]);
  });
});

describe('formatColumns(columns) and parseColumns(text)', () => {
  it('writes only what changes something', () => {
    expect(formatColumns(DEFAULT_COLUMNS)).toBe('best_best-b3_sample-t0.7-p0.9_sample-t1.3');
  });

  it.each([
    ['a fifth column', 'best_best_best_best_best'],
    ['no column', ''],
    ['an unknown way', 'greedy'],
    ['an unknown letter', 'best-q3'],
    ['a value out of range', 'sample-t9'],
    ['half a beam', 'best-b1.5'],
    ['words', 'sample-tvery']
  ])('takes nothing from %s', (_, text) => {
    expect(parseColumns(text)).toBeNull();
  });
});

describe('fitView(state, limits)', () => {
  const limits = { n_layer: 12, n_head: 12, n_inner: 768, vocab_size: 50_257, T: 3 };

  it('lets go of a token that was not added', () => {
    const { state, problems } = fitView(view({ generated: [1, 2], step: 2 }), limits);
    expect(state.step).toBeNull();
    expect(problems.map((say) => say())).toEqual([
      "The link's step 2 does not exist here (0 to 1); the usual one is shown."
    ]);
    expect(fitView(view({ step: 0 }), limits).problems.map((say) => say())).toEqual([
      "The link's step 0 does not exist here (there is none); the usual one is shown."
    ]);
  });

  it('keeps one that was', () => {
    expect(fitView(view({ generated: [1, 2], step: 1 }), limits)).toEqual({
      state: view({ generated: [1, 2], step: 1 }),
      problems: []
    });
  });
});

describe('pickSettings(view)', () => {
  it('takes what the processors read, and nothing else', () => {
    expect(pickSettings(view({ min_p: 0.1, seed: 3 }))).toEqual({
      do_sample: true,
      temperature: 1,
      top_k: 0,
      top_p: 1,
      min_p: 0.1,
      typical_p: 1,
      repetition_penalty: 1,
      no_repeat_ngram_size: 0
    });
  });
});
