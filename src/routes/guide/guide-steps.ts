import { DEFAULT_VIEW, type Shown, type ViewState } from '$lib/state';
import type { guideWords } from '$lib/words/en/views/guide';

export type GuideStepName = keyof typeof guideWords.steps;

export interface GuideStep {
  readonly name: GuideStepName;
  /** What the step needs of the page; put right when the step opens. */
  readonly needs: Shown;
  /** Whether the learner has done it, by the view as it was when the step opened and as it is now. */
  readonly isDone: (before: ViewState, now: ViewState) => boolean;
  /** What the step speaks of; brought into sight. */
  readonly area: 'top' | 'stage' | 'prediction';
}

/** Tokens that a prompt must have for the steps about reading from others. */
export const LEAST_TOKENS = 3;

const differs =
  (...fields: readonly (keyof ViewState)[]) =>
  (before: ViewState, now: ViewState): boolean =>
    fields.some((field) => before[field] !== now[field]);

const { upto, stage, form, key, neuron, measure } = DEFAULT_VIEW;

/** In order; each is done when the learner has done what it asks, not when it was read. */
export const GUIDE_STEPS: readonly GuideStep[] = [
  { name: 'prompt', needs: { view: 'flow' }, isDone: differs('prompt'), area: 'top' },
  { name: 'position', needs: { view: 'flow' }, isDone: differs('position'), area: 'top' },
  { name: 'depth', needs: { view: 'flow', upto }, isDone: differs('upto'), area: 'stage' },
  { name: 'temperature', needs: { view: 'flow' }, isDone: differs('temperature'), area: 'prediction' },
  {
    name: 'head',
    needs: { view: 'attention', stage, form },
    isDone: differs('layer', 'head'),
    area: 'stage'
  },
  {
    name: 'cell',
    needs: { view: 'attention', stage, form, key },
    isDone: (_, now) => now.key !== null,
    area: 'stage'
  },
  { name: 'neuron', needs: { view: 'mlp', neuron }, isDone: (_, now) => now.neuron !== null, area: 'stage' },
  { name: 'lens', needs: { view: 'lens', measure }, isDone: differs('measure'), area: 'stage' },
  {
    name: 'edit',
    needs: { view: 'why', why: 'edit' },
    isDone: (before, now) => now.edits !== before.edits && /(^|;)zero:z\./.test(now.edits),
    area: 'stage'
  },
  {
    name: 'decode',
    needs: { view: 'decode', decode: 'steps' },
    isDone: (before, now) => (now.generated?.length ?? 0) > (before.generated?.length ?? 0),
    area: 'stage'
  }
];
