import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLessonLink, LESSON_MODES, parseLessonLink } from '../../src/lib/state/lesson-link.ts';

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
        fc.constantFrom(null, ...steps),
        fc.dictionary(fc.constantFrom(...steps), fc.string()),
        (mode, step, given) => {
          const edits = { ...given };
          const { link, problems } = parseLessonLink(
            formatLessonLink({ mode, step, edits }),
            steps,
            programs
          );
          expect({ link, problems }).toEqual({ link: { mode, step, edits }, problems: [] });
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
    expect(link).toEqual({ mode: 'read', step: null, edits: {} });
    expect(problems.map((say) => say())).toEqual([
      "The link's mode should be one of read, step, present; the usual one is shown.",
      "The link's step third is not in this lesson; the first one is shown.",
      'The link changes a cell third that this lesson does not have; it was left out.'
    ]);
  });

  it('leaves the defaults out of the link', () => {
    expect(formatLessonLink({ mode: 'read', step: null, edits: {} })).toBe('');
  });
});
