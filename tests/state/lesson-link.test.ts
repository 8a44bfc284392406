import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatLessonLink,
  LESSON_MODES,
  nextOwnName,
  parseLessonLink,
  withAdded
} from '../../src/lib/state/lesson-link.ts';

const steps = ['first', 'second'];
const programs = [
  { id: 'first', code: '1;' },
  { id: 'second', code: '2;' }
];

describe('parseLessonLink(text, steps, programs)', () => {
  it('reads back what formatLessonLink writes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LESSON_MODES),
        fc.boolean(),
        fc.constantFrom(null, ...steps),
        fc.dictionary(fc.constantFrom(...steps), fc.string()),
        fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 5 }),
        (mode, gated, step, given, numbers) => {
          const added = numbers.map((n) => ({ id: `mine-${n}`, after: steps[n % 2] }));
          const edits = { ...given, ...Object.fromEntries(added.map(({ id }) => [id, `own ${id};`])) };
          const { link, problems } = parseLessonLink(
            formatLessonLink({ mode, gated, step, edits, added }),
            steps,
            programs
          );
          expect({ link, problems }).toEqual({ link: { mode, gated, step, edits, added }, problems: [] });
        }
      )
    );
  });

  it('never throws, and names what this lesson does not have', () => {
    const { link, problems } = parseLessonLink(
      'mode=fast&lesson_step=third&edit.third=x&other=1',
      steps,
      programs
    );
    expect(link).toEqual({ mode: 'read', gated: false, step: null, edits: {}, added: [] });
    expect(problems.map((say) => say())).toEqual([
      "The link's mode should be one of read, step, present; the usual one is shown.",
      "The link's step third is not in this lesson; the first one is shown.",
      'The link changes a cell third that this lesson does not have; it was left out.'
    ]);
  });

  it('takes no own cell without a place or with a name of another kind', () => {
    const { link, problems } = parseLessonLink(
      'cell.mine-1=third&cell.first=first&cell.mine-2=second&edit.mine-2=3;&edit.mine-1=4;',
      steps,
      programs
    );
    expect(link.added).toEqual([{ id: 'mine-2', after: 'second' }]);
    expect(link.edits).toEqual({ 'mine-2': '3;' });
    expect(problems).toHaveLength(3);
  });

  it('leaves the defaults out of the link', () => {
    expect(formatLessonLink({ mode: 'read', gated: false, step: null, edits: {}, added: [] })).toBe('');
  });
});

describe('withAdded(programs, steps, added)', () => {
  it('puts own cells under their steps, also under one that runs nothing, in the order of adding', () => {
    const added = [
      { id: 'mine-2', after: 'prose' },
      { id: 'mine-1', after: 'first' },
      { id: 'mine-3', after: 'first' }
    ];
    const all = withAdded(programs, ['first', 'prose', 'second'], added);
    expect(all.map(({ id }) => id)).toEqual(['first', 'mine-1', 'mine-3', 'mine-2', 'second']);
    expect(nextOwnName(added)).toBe('mine-4');
    expect(nextOwnName([])).toBe('mine-1');
  });
});
