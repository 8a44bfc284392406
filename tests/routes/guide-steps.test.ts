import { describe, expect, it } from 'vitest';
import { formatView, GUIDE_LENGTH, parseView, type ViewState } from '../../src/lib/state';
import { guideWords } from '../../src/lib/words/en/views/guide';
import { GUIDE_STEPS } from '../../src/routes/guide/guide-steps';

const usual = parseView('').state;
/** What a learner does in each step. */
const DOES: readonly Partial<ViewState>[] = [
  { prompt: 'Another text' },
  { position: 2 },
  { upto: 3 },
  { temperature: 0.5 },
  { head: usual.head + 1 },
  { key: 1 },
  { neuron: 12 },
  { measure: 'entropy' },
  { edits: 'zero:z.8.2' },
  { generated: [5] }
];

describe('the steps of the guide', () => {
  it('are as many as the link can name, each with words', () => {
    expect(GUIDE_STEPS.map(({ name }) => name)).toEqual(Object.keys(guideWords.steps));
    expect(GUIDE_STEPS.length).toBe(GUIDE_LENGTH);
    expect(GUIDE_STEPS.length).toBe(DOES.length);
    expect(parseView(`guide=${GUIDE_LENGTH + 1}`).problems.length).toBe(1);
  });

  it.each(GUIDE_STEPS.map((step, at) => [step.name, step, DOES[at]] as const))(
    '%s is done by what it asks for, and by nothing else',
    (_, { needs, isDone }, does) => {
      const before = { ...usual, ...needs };
      expect(isDone(before, before)).toBe(false);
      expect(isDone(before, { ...before, ...does })).toBe(true);
      for (const other of DOES)
        if (other !== does) expect(isDone(before, { ...before, ...other })).toBe(false);
    }
  );

  it('are remembered in the link', () => {
    expect(parseView(formatView({ ...usual, guide: 4 })).state.guide).toBe(4);
    expect(formatView(usual)).not.toContain('guide');
  });
});
